using CineLedger.Files;

namespace CineLedger.Records;

/// <summary>The beginning of a file.</summary>
/// <param name="Text">The first bytes.</param>
/// <param name="IsWhole">True if the file has no more bytes.</param>
internal sealed record FileBeginning(ReadOnlyMemory<byte> Text, bool IsWhole);

/// <summary>
/// A stream whose beginning can be examined while it is being read, without opening and decompressing the file twice. It keeps what is read until
/// <see cref="ReleaseBeginning"/>.
/// </summary>
internal sealed class LookaheadStream(Stream inner) : ReadOnlyStream
{
    private byte[] _beginning = [];
    private int _length;
    private int _position;
    private bool _isReleased;

    /// <summary>Returns the first bytes of the file, whether or not they have been read. What has not been read remains to be read.</summary>
    public async Task<FileBeginning> PeekAsync(int length, CancellationToken cancellationToken)
    {
        if (_length < length)
        {
            Array.Resize(ref _beginning, length);
            _length += await inner.ReadAtLeastAsync(_beginning.AsMemory(_length), length - _length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }

        return new FileBeginning(_beginning.AsMemory(0, _length), _length < length);
    }

    /// <summary>Stops keeping what is read. Called after the last <see cref="PeekAsync"/>.</summary>
    public void ReleaseBeginning() => _isReleased = true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _position < _length ? new(ReadBeginning(buffer.Span))
        : _isReleased ? inner.ReadAsync(buffer, cancellationToken)
        : ReadAndStoreAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer)
    {
        if (_position < _length)
        {
            return ReadBeginning(buffer);
        }

        var read = inner.Read(buffer);
        Store(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadAndStoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Store(buffer.Span[..read]);
        return read;
    }

    private int ReadBeginning(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _length - _position);
        _beginning.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        if (_isReleased && _position == _length)
        {
            (_beginning, _length, _position) = ([], 0, 0);
        }

        return length;
    }

    private void Store(ReadOnlySpan<byte> text)
    {
        if (_isReleased)
        {
            return;
        }

        if (_length + text.Length > _beginning.Length)
        {
            Array.Resize(ref _beginning, Math.Max(_length + text.Length, _beginning.Length * 2));
        }

        text.CopyTo(_beginning.AsSpan(_length));
        _position = _length += text.Length;
    }
}
