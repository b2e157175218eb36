namespace CineLedger.Records;

/// <summary>The beginning of a file.</summary>
/// <param name="Text">The first bytes.</param>
/// <param name="IsWhole">True if the file has no more bytes.</param>
internal readonly record struct FileBeginning(ReadOnlyMemory<byte> Text, bool IsWhole);

/// <summary>A stream whose beginning can be examined before it is read, without opening and decompressing the file twice.</summary>
internal sealed class LookaheadStream(Stream inner) : Stream
{
    private ReadOnlyMemory<byte> _ahead;

    /// <summary>Reads the first bytes, which remain to be read. Called before the first read, once.</summary>
    public async ValueTask<FileBeginning> PeekAsync(int length, CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(length);
        var read = await inner.ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _ahead = buffer.AsMemory(0, read);
        return new FileBeginning(_ahead, read < length);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _ahead.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : new(ReadAhead(buffer.Span));

    public override int Read(Span<byte> buffer) => _ahead.IsEmpty ? inner.Read(buffer) : ReadAhead(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadAhead(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _ahead.Length);
        _ahead.Span[..length].CopyTo(buffer);
        _ahead = length < _ahead.Length ? _ahead[length..] : default;
        return length;
    }
}
