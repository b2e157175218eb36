using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CineLedger.Model;

namespace CineLedger.Records;

/// <summary>
/// Reads a CSV stream as batches of records. Rows with any number of fields are returned unchanged, except that adjacent rows of a split record are joined
/// if <see cref="RecordReaderOptions.IsValid"/> accepts the result.
/// </summary>
public sealed class RecordReader(Stream stream, string file, RecordReaderOptions? options = null)
{
    private readonly RecordReaderOptions _options = options ?? new();
    private readonly BatchFiller _filler = new(stream, options ?? new());
    private int _line = 1;
    private long _consumed;

    /// <summary>The column names; empty before <see cref="ReadHeaderAsync"/>.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>True when the file began with a byte order mark.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>True when the header's line ended in CR LF.</summary>
    public bool HasCarriageReturns { get; private set; }

    /// <summary>Reads the first row. Throws <see cref="LedgerException"/> if the file is empty.</summary>
    public async Task<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        using var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = batch.Content.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        HasByteOrderMark = start > 0;
        if (batch.Content.Length == start)
        {
            throw new LedgerException($"{file} is empty: a header row is expected. Get the file again.");
        }

        int end, next;
        while (Scan(batch, start, out end, out next) == RecordScanner.ScanResult.Incomplete)
        {
            batch.Fields.Truncate(0);
            await GrowAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        CheckText(batch.Content[..next]);
        batch.Records.Add(new RecordRange(_line, start, end - start, 0, batch.Fields.Count, 1));
        var header = batch[0];
        var names = new string[header.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(header[i]).Trim();
        }

        HasCarriageReturns = next - end == 2;
        Advance(batch.Content[..next]);
        _filler.KeepForNextBatch(batch.Content[next..]);
        return Header = names;
    }

    /// <summary>Returns the bytes read beyond the header to a caller that continues with the stream itself.</summary>
    internal (byte[] Unread, int Line) DetachBuffer() => (_filler.DetachCarried(), _line);

    /// <summary>Resumes reading after <see cref="DetachBuffer"/>, at the start of a record.</summary>
    /// <param name="rest">Bytes already taken from the stream that this reader is to process.</param>
    /// <param name="line">The line on which they start.</param>
    /// <param name="consumed">The number of bytes in the file before them.</param>
    internal void ResumeAt(byte[] rest, int line, long consumed)
    {
        _filler.KeepForNextBatch(rest);
        (_line, _consumed) = (line, consumed);
    }

    /// <summary>The number of bytes of the file that have been processed.</summary>
    internal long Consumed => _consumed;

    /// <summary>
    /// Reads the records after the header, in order. Throws <see cref="LedgerException"/> on an unclosed quote, on invalid UTF-8 and on a record longer than
    /// <see cref="RecordReaderOptions.MaxRecordBytes"/>. The caller must dispose every batch.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var joiner = new RecordJoiner(Header.Count, _options.IsValid);
        while (_filler.HasMore)
        {
            var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
            int end;
            while ((end = ScanAll(batch, joiner)) == 0 && batch.Content.Length > 0 && !_filler.IsAtEnd)
            {
                await GrowAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            CheckText(batch.Content[..end]);
            Advance(batch.Content[..end]);
            _filler.KeepForNextBatch(batch.Content[end..]);
            yield return batch;
        }
    }

    /// <summary>Scans and joins the complete records of the buffer. Returns the offset of the part that the next batch must read again.</summary>
    private int ScanAll(RecordBatch batch, RecordJoiner joiner)
    {
        batch.Records.Truncate(0);
        batch.Fields.Truncate(0);
        var (start, line) = (0, _line);
        while (start < batch.Content.Length)
        {
            var firstField = batch.Fields.Count;
            var outcome = Scan(batch, start, out var end, out var next);
            if (outcome == RecordScanner.ScanResult.Incomplete)
            {
                batch.Fields.Truncate(firstField);
                break;
            }

            batch.Records.Add(new RecordRange(line, start, end - start, firstField, batch.Fields.Count - firstField, 1));
            line += RecordScanner.CountLineEnds(batch.Content[start..next]);
            start = next;
        }

        // A record that may be the first piece of a split record is left for the next batch, unless the buffer has reached its maximum size.
        return joiner.Join(batch, start, final: _filler.IsAtEnd || batch.Buffer.Length >= _options.MaxRecordBytes);
    }

    private RecordScanner.ScanResult Scan(RecordBatch batch, int start, out int end, out int next)
    {
        var outcome = RecordScanner.Scan(batch, batch.Content, start, _filler.IsAtEnd, out end, out next);
        if (outcome == RecordScanner.ScanResult.OpenQuote)
        {
            var line = _line + RecordScanner.CountLineEnds(batch.Content[..start]);
            throw new LedgerException($"{file}, line {FormatNumber(line)}: a quote in this record is never closed. Close it and load again.");
        }

        return outcome;
    }

    private async ValueTask GrowAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (!await _filler.GrowAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            // A zero byte means that the file is not text; then report that instead.
            CheckText(batch.Content[..(batch.Content.IndexOf((byte)0) + 1)]);
            throw new LedgerException(
                $"{file}, line {FormatNumber(_line)}: the record is longer than {_options.MaxRecordBytes >> 20} MB, "
                + "probably because of an unclosed quote. Close it and load again.");
        }
    }

    private void Advance(ReadOnlySpan<byte> bytes)
    {
        _line += RecordScanner.CountLineEnds(bytes);
        _consumed += bytes.Length;
    }

    private void CheckText(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes) && !bytes.Contains((byte)0))
        {
            return;
        }

        var position = 0;
        while (position < bytes.Length && bytes[position] != 0
            && Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == OperationStatus.Done)
        {
            position += length;
        }

        var line = _line + RecordScanner.CountLineEnds(bytes[..position]);
        throw new LedgerException(
            $"{file}, line {FormatNumber(line)}: byte 0x{bytes[position]:X2} at offset {FormatNumber(_consumed + position)} is not UTF-8 text. "
            + "Save the file as UTF-8 and load again.");
    }

    private static string FormatNumber(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Options for reading a file of records.</summary>
public sealed record RecordReaderOptions
{
    /// <summary>The buffer size of a batch. It grows for longer records.</summary>
    public int BatchBytes { get; init; } = 256 << 10;

    /// <summary>The maximum record size (16 MB). A longer record is an error, since an unclosed quote could otherwise swallow the file.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>Decides whether a record joined from pieces is valid. If null, no records are joined.</summary>
    public RecordPredicate? IsValid { get; init; }
}

/// <summary>A test of one record.</summary>
public delegate bool RecordPredicate(RecordView record);
