using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Records;

/// <summary>
/// Reads a stream of separated values in UTF-8 as batches of records. Rows with any number of fields are returned unchanged, except that adjacent rows of a split
/// record are joined, and damaged quotes repaired, if <see cref="RecordReaderOptions.IsValid"/> accepts the result.
/// </summary>
public sealed class RecordReader(Stream stream, string file, RecordReaderOptions? options = null)
{
    private readonly RecordReaderOptions _options = options ?? new();
    private readonly BatchFiller _filler = new(stream, options ?? new());
    private int _line = 1;
    private long _consumed;
    private byte[] _headerText = [];

    /// <summary>The column names; empty before <see cref="ReadHeaderAsync"/>.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>True when the file began with a byte order mark.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>True when the header's line ended in CR LF.</summary>
    public bool HasCarriageReturns { get; private set; }

    /// <summary>The byte between two fields; known after <see cref="ReadHeaderAsync"/>.</summary>
    internal byte Delimiter { get; private set; } = (byte)',';

    /// <summary>The line of the header, from 1.</summary>
    internal int HeaderLine { get; private set; }

    /// <summary>The lines above the header; empty if there are none.</summary>
    internal string Title { get; private set; } = "";

    /// <summary>Reads the header. Throws <see cref="LedgerException"/> if the file is empty.</summary>
    public async Task<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        using var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = batch.Content.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        HasByteOrderMark = start > 0;
        if (batch.Content.Length == start)
        {
            throw new LedgerException($"{file} is empty: a header row is expected. Get the file again.");
        }

        var format = CsvFormat.Detect(batch.Content[start..]);
        (Delimiter, Title) = (format.Delimiter, format.Title);
        _line += RecordScanner.CountLineEnds(batch.Content.Slice(start, format.HeaderStart));
        HeaderLine = _line;
        start += format.HeaderStart;
        _consumed += start;
        int end, next;
        RecordScanner.ScanResult outcome;
        while ((outcome = Scan(batch, start, out end, out next)) == RecordScanner.ScanResult.Incomplete)
        {
            batch.Fields.Truncate(0);
            await GrowAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        if (outcome == RecordScanner.ScanResult.OpenQuote)
        {
            throw new LedgerException($"{file}, line {FormatNumber(_line)}: a quote in the header is never closed. Close it and load again.");
        }

        batch.Records.Add(new RecordRange(_line, start, end - start, 0, batch.Fields.Count, 1));
        var header = batch[0];
        var names = new string[header.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(header[i]).Trim();
        }

        _headerText = batch.Content[start..end].ToArray();
        HasCarriageReturns = next - end == 2;
        Advance(batch.Content[start..next]);
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
    /// Reads the records after the header, in order. Throws <see cref="LedgerException"/> on a line longer than
    /// <see cref="RecordReaderOptions.MaxRecordBytes"/>. The caller must dispose every batch.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var joiner = new RecordJoiner(Header.Count, _options.IsValid, _options.HasId);
        var repair = (_options.IsPlausible ?? _options.IsValid) is { } isPlausible ? new QuoteRepair(Header.Count, Delimiter, isPlausible) : null;
        while (_filler.HasMore)
        {
            var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
            int end;
            while ((end = ScanAll(batch, joiner, repair)) == 0 && batch.Content.Length > 0 && !_filler.IsAtEnd)
            {
                await GrowAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            Advance(batch.Content[..end]);
            _filler.KeepForNextBatch(batch.Content[end..]);
            yield return batch;
        }
    }

    /// <summary>Scans and joins the complete records of the buffer. Returns the offset of the part that the next batch must read again.</summary>
    private int ScanAll(RecordBatch batch, RecordJoiner joiner, QuoteRepair? repair)
    {
        batch.Records.Truncate(0);
        batch.Fields.Truncate(0);
        var (start, line) = (0, _line);
        var hasBackslashes = repair is not null && batch.Content.IndexOf("\\\""u8) >= 0;
        while (start < batch.Content.Length)
        {
            var firstField = batch.Fields.Count;
            var outcome = Scan(batch, start, out var end, out var next);
            var record = new RecordRange(line, start, end - start, firstField, batch.Fields.Count - firstField, 1);
            if (outcome != RecordScanner.ScanResult.Record)
            {
                // A quote that is not closed within the longest record is never closed.
                var nextLine = QuoteRepair.SkipLine(batch.Content, start);
                if (outcome == RecordScanner.ScanResult.Incomplete && (start > 0 || !IsFull(batch) || nextLine == batch.Content.Length))
                {
                    batch.Fields.Truncate(firstField);
                    break;
                }

                CheckEnd(batch, record, repair);
                next = QuoteRepair.Cut(batch, ref record, nextLine);
            }

            var lineEnds = RecordScanner.CountLineEnds(batch.Content[start..next]);
            var hasSeveralLines = lineEnds > (next > start + record.Length ? 1 : 0);
            if (repair is not null && (hasSeveralLines || hasBackslashes) && record.FieldCount > 0)
            {
                // Without the rest of the file, a record at the end of the buffer cannot be repaired yet.
                next = repair.Repair(batch, ref record, next, hasSeveralLines, _filler.IsAtEnd || (start == 0 && IsFull(batch)));
                if (next < 0)
                {
                    batch.Fields.Truncate(firstField);
                    break;
                }

                lineEnds = RecordScanner.CountLineEnds(batch.Content[start..next]);
            }

            batch.Records.Add(IsHeader(batch, record) ? record with { Defect = RecordDefect.RepeatedHeader } : record);
            line += lineEnds;
            start = next;
        }

        // A record that may be the first piece of a split record is left for the next batch, unless the buffer has reached its maximum size.
        return joiner.Join(batch, start, final: _filler.IsAtEnd || IsFull(batch));
    }

    private RecordScanner.ScanResult Scan(RecordBatch batch, int start, out int end, out int next) =>
        RecordScanner.Scan(batch, batch.Content, start, _filler.IsAtEnd, Delimiter, out end, out next);

    /// <summary>
    /// Throws if the file ends inside quoted text, without a line end: it is cut off, unless a later line is a valid record, which the open quote has swallowed.
    /// </summary>
    private void CheckEnd(RecordBatch batch, RecordRange record, QuoteRepair? repair)
    {
        var isEnded = batch.Content[^1] is (byte)'\n' or (byte)'\r';
        if (_filler.IsAtEnd && !isEnded && repair?.HasSwallowedRecord(batch, record with { Length = batch.Content.Length - record.Start }) != true)
        {
            throw new LedgerException(
                $"{file}, line {FormatNumber(record.Line)}: the file ends inside the quoted text of this record, so it is probably cut off. Get it again, or close the quote.");
        }
    }

    /// <summary>Returns whether a row repeats the header, perhaps with the byte order mark of another file.</summary>
    private bool IsHeader(RecordBatch batch, RecordRange record)
    {
        var row = batch.Content.Slice(record.Start, record.Length);
        if (row.EndsWith(_headerText))
        {
            return row.Length == _headerText.Length || row[..^_headerText.Length].SequenceEqual(Encoding.UTF8.Preamble);
        }

        // Another program may have quoted the names.
        return row.StartsWith("\""u8) != _headerText.AsSpan().StartsWith("\""u8) && record.FieldCount == Header.Count && HasHeaderNames(new RecordView(batch, record));
    }

    private bool HasHeaderNames(RecordView record)
    {
        for (var i = 0; i < Header.Count; i++)
        {
            if (Encoding.UTF8.GetString(record[i]).Trim() != Header[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFull(RecordBatch batch) => batch.Buffer.Length >= _options.MaxRecordBytes;

    private async ValueTask GrowAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (!await _filler.GrowAsync(batch, cancellationToken).ConfigureAwait(false))
        {
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

    private static string FormatNumber(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Options for reading a file of records.</summary>
public sealed record RecordReaderOptions
{
    /// <summary>The buffer size of a batch. It grows for longer records.</summary>
    public int BatchBytes { get; init; } = 256 << 10;

    /// <summary>The maximum record size (16 MB). A longer record is an error, since an unclosed quote could otherwise swallow the file.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>Returns whether the stream has replaced damaged characters by U+FFFD. Null if it never does.</summary>
    internal Func<bool>? HasReplacements { get; init; }

    /// <summary>Decides whether a record joined from pieces is valid. If null, no records are joined.</summary>
    public RecordPredicate? IsValid { get; init; }

    /// <summary>Decides whether a row has an ID in its place. If null, rows are joined whether or not they have one.</summary>
    internal RecordPredicate? HasId { get; init; }

    /// <summary>Decides whether a record with repaired quotes is valid, even if some of its fields are unreadable. If null, <see cref="IsValid"/> decides.</summary>
    internal RecordPredicate? IsPlausible { get; init; }
}

/// <summary>A test of one record.</summary>
public delegate bool RecordPredicate(RecordView record);
