namespace CineLedger.Tests.Support;

/// <summary>Gives no more than a few bytes at a time, as a slow network does.</summary>
internal sealed class TrickleStream(byte[] content, int max = 1) : MemoryStream(content)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(max, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(max, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(max, buffer.Length)], cancellationToken);
}
