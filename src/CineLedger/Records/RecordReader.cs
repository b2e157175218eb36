using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CineLedger.Model;

namespace CineLedger.Records;

/// <summary>
/// Reads a CSV stream as batches of records. Rows of any length of fields are given as they are; neighbours that are one record
/// broken in two are joined where <see cref="RecordReaderOptions.IsWhole"/> agrees.
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

    /// <summary>Reads the first row. An empty file is an error.</summary>
    public async Task<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        using var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = batch.Content.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        HasByteOrderMark = start > 0;
        if (batch.Content.Length == start)
        {
            throw new LedgerException($"{file} is empty: it should begin with a header row.");
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
        _filler.Carry(batch.Content[next..]);
        return Header = names;
    }

    /// <summary>Gives out what was read beyond the header, for somebody who goes on with the stream by himself.</summary>
    internal (byte[] Unread, int Line) DetachBuffer() => (_filler.TakeCarried(), _line);

    /// <summary>Takes over again, at the start of a record.</summary>
    /// <param name="rest">What was read and is to be read again.</param>
    /// <param name="line">The line on which it starts.</param>
    /// <param name="consumed">Bytes of the file before it.</param>
    internal void ResumeAt(byte[] rest, int line, long consumed)
    {
        _filler.Carry(rest);
        (_line, _consumed) = (line, consumed);
    }

    /// <summary>Bytes of the file that have been read and given out.</summary>
    internal long Consumed => _consumed;

    /// <summary>
    /// The records after the header, in order. Throws <see cref="LedgerException"/> on a quote that is never closed, on bytes that
    /// are no UTF-8 and on a record longer than <see cref="RecordReaderOptions.MaxRecordBytes"/>. Dispose every batch.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var joiner = new RecordJoiner(Header.Count, _options.IsWhole);
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
            _filler.Carry(batch.Content[end..]);
            yield return batch;
        }
    }

    /// <summary>Scans and joins the whole records of the buffer; returns where the part begins that the next batch is to read again.</summary>
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

        // A record that may be the first piece of a broken one stays with its neighbours, as long as there is room for them.
        return joiner.Join(batch, start, final: _filler.IsAtEnd || batch.Buffer.Length >= _options.MaxRecordBytes);
    }

    private RecordScanner.ScanResult Scan(RecordBatch batch, int start, out int end, out int next)
    {
        var outcome = RecordScanner.Scan(batch, batch.Content, start, _filler.IsAtEnd, out end, out next);
        if (outcome == RecordScanner.ScanResult.OpenQuote)
        {
            var line = _line + RecordScanner.CountLineEnds(batch.Content[..start]);
            throw new LedgerException($"{file}, line {FormatNumber(line)}: a quote opened in this record is never closed; close it and load again.");
        }

        return outcome;
    }

    private async ValueTask GrowAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (!await _filler.GrowAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            // No text at all, where a byte of it is 0; then that is what has to be said.
            CheckText(batch.Content[..(batch.Content.IndexOf((byte)0) + 1)]);
            throw new LedgerException(
                $"{file}, line {FormatNumber(_line)}: a record longer than {_options.MaxRecordBytes >> 20} MB; "
                + "a quote was probably left open there. Mend it and load again.");
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
            $"{file}, line {FormatNumber(line)}: byte 0x{bytes[position]:X2} at offset {FormatNumber(_consumed + position)} is not UTF-8 text; "
            + "save the file as UTF-8 and load again.");
    }

    private static string FormatNumber(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>How a file of records is read.</summary>
public sealed record RecordReaderOptions
{
    /// <summary>Bytes a batch holds at least, as long as no record is longer.</summary>
    public int BatchBytes { get; init; } = 256 << 10;

    /// <summary>A longer record is an error: a quote left open must not swallow the file. 16 MB.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>Says whether a record joined from pieces reads as it should; null joins nothing.</summary>
    public RecordPredicate? IsWhole { get; init; }
}

/// <summary>A test of one record.</summary>
public delegate bool RecordPredicate(RecordView record);
