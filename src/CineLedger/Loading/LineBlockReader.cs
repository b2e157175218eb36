using CineLedger.Cleaning.Ratings;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>
/// Splits a stream into blocks of whole plain lines for several workers. It stops at the first block that is not plain and returns the rest to the
/// record reader.
/// </summary>
internal sealed class LineBlockReader : IDisposable
{
    public const int Bytes = 1 << 20;

    private readonly SemaphoreSlim _lock = new(1);
    private readonly Stream _stream;
    private readonly RecordReader _reader;
    private readonly Action<int, long> _report;
    private byte[] _rest;
    private int _line;
    private long _consumed;
    private bool _ended;

    /// <param name="stream">The stream, positioned after the header or later.</param>
    /// <param name="reader">The reader that has read the header and perhaps more.</param>
    /// <param name="report">Receives, after each block, the number of lines and bytes returned so far.</param>
    public LineBlockReader(Stream stream, RecordReader reader, Action<int, long> report)
    {
        (_stream, _reader, _consumed, _report) = (stream, reader, reader.Consumed, report);
        (_rest, _line) = reader.DetachBuffer();
    }

    /// <summary>
    /// Fills a worker's buffer of <see cref="Bytes"/> and padding with the next lines; returns null when no plain lines are left.
    /// </summary>
    public async Task<(int Length, int Line)?> NextAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _ended ? null : await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<(int Length, int Line)?> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        // The header may have been read together with more than a block.
        var filled = Math.Min(_rest.Length, Bytes - 1);
        _rest.AsSpan(0, filled).CopyTo(buffer);
        _rest = _rest[filled..];
        if (_rest.Length == 0)
        {
            filled += await _stream.ReadAtLeastAsync(buffer.AsMemory(filled, Bytes - 1 - filled), Bytes - 1 - filled, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            _ended = filled < Bytes - 1;
        }

        // The last line of a file may lack its line end.
        var length = filled;
        if (_ended && filled > 0 && buffer[filled - 1] != '\n')
        {
            buffer[length++] = (byte)'\n';
        }

        length = _ended ? length : buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        if (length == 0 || !FastRatingParser.IsPlain(buffer.AsSpan(0, length)))
        {
            _ended = true;
            _reader.ResumeAt([.. buffer.AsSpan(0, filled), .. _rest], _line, _consumed);
            return null;
        }

        var block = (length, _line);
        _line += RecordScanner.CountLineEnds(buffer.AsSpan(0, length));
        _consumed += Math.Min(length, filled);
        if (length < filled)
        {
            _rest = [.. buffer.AsSpan(length, filled - length), .. _rest];
        }

        _report(_line, _consumed);
        return block;
    }
}
