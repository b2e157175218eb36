namespace CineLedger.Tests.Support;

/// <summary>A stream that returns only a few bytes at a time, like a slow network.</summary>
internal sealed class TrickleStream(byte[] content, int max = 1) : MemoryStream(content)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(max, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(max, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(max, buffer.Length)], cancellationToken);
}
