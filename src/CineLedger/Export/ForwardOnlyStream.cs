namespace CineLedger.Export;

/// <summary>
/// A stream that is only written sequentially, so that a file and a pipe receive the same bytes.
/// </summary>
/// <param name="target">The stream that receives the bytes; left open.</param>
/// <param name="counts">
/// Whether it reports its position and claims to be seekable. Apache.Arrow needs the position of each batch but never seeks; a zip writer would
/// seek back to fill in sizes.
/// </param>
internal class ForwardOnlyStream(Stream target, bool counts) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => counts;

    public override bool CanWrite => true;

    public override long Length => _written;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override void Flush() => target.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        target.Write(buffer);
        _written += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await target.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        _written += buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
