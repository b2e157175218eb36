using CineLedger.Cleaning.Ratings;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>
/// Cuts a stream into blocks of whole plain lines and gives them to several workers, each block to one. At the first that is not plain it
/// stops, and gives what is left back to the reader of records.
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

    /// <param name="stream">Beyond the header, or further.</param>
    /// <param name="reader">Has read the header, and maybe more.</param>
    /// <param name="report">Told, one block after the other, how many lines and bytes have been given out.</param>
    public LineBlockReader(Stream stream, RecordReader reader, Action<int, long> report)
    {
        (_stream, _reader, _consumed, _report) = (stream, reader, reader.Consumed, report);
        (_rest, _line) = reader.DetachBuffer();
    }

    /// <summary>
    /// Fills a worker's buffer, of <see cref="Bytes"/> and some padding, with the next lines; null where there are no more of them.
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
        // More than a block may have come with the header.
        var filled = Math.Min(_rest.Length, Bytes - 1);
        _rest.AsSpan(0, filled).CopyTo(buffer);
        _rest = _rest[filled..];
        if (_rest.Length == 0)
        {
            filled += await _stream.ReadAtLeastAsync(buffer.AsMemory(filled, Bytes - 1 - filled), Bytes - 1 - filled, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            _ended = filled < Bytes - 1;
        }

        // The last line of a file may lack its end.
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
