namespace CineLedger.Records;

/// <summary>
/// Repairs records whose quotes are damaged, so that an error affects at most its own record: quotes that follow a backslash instead of being doubled, and a quote
/// that is never closed, which would swallow the records after it.
/// </summary>
/// <param name="expected">The number of fields of the header.</param>
/// <param name="delimiter">The byte between two fields.</param>
/// <param name="isValid">Decides whether a record is valid, even if some of its fields are unreadable.</param>
internal sealed class QuoteRepair(int expected, byte delimiter, RecordPredicate isValid)
{
    /// <summary>The number of lines at which a swallowed record is sought. A higher limit would make damaged files slow to read.</summary>
    private const int MaxLines = 64;

    /// <summary>
    /// Repairs a scanned record if it is invalid and the repaired record is valid. Returns the offset of the next record, or −1 if that depends on data after the
    /// buffer.
    /// </summary>
    /// <param name="batch">The batch, whose last fields are those of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="next">The offset after it.</param>
    /// <param name="hasSeveralLines">Whether the record contains a line break.</param>
    /// <param name="final">True if no more data can be read.</param>
    public int Repair(RecordBatch batch, ref RecordRange record, int next, bool hasSeveralLines, bool final)
    {
        var hasBackslash = batch.Content.Slice(record.Start, record.Length).IndexOf("\\\""u8) >= 0;
        if (!hasBackslash && !hasSeveralLines)
        {
            return next;
        }

        var isComplete = record.FieldCount == expected && !HasTextAfterQuote(batch, record);
        if (isComplete && (!hasSeveralLines || isValid(new RecordView(batch, record))))
        {
            return next;
        }

        if (hasBackslash && TryRead(batch, record.Start, record.Line, final, hasBackslashes: true, out var repaired) is { } end)
        {
            record = end < 0 ? record : repaired with { Defect = RecordDefect.BackslashQuotes };
            return end;
        }

        return hasSeveralLines && FindSwallowedRecord(batch, record, final) is { } start ? Cut(batch, ref record, start) : next;
    }

    /// <summary>Ends a record whose quote is never closed before the next one. Returns <paramref name="next"/>, or −1 if it is.</summary>
    public static int Cut(RecordBatch batch, ref RecordRange record, int next)
    {
        if (next >= 0)
        {
            var text = batch.Content[record.Start..next].TrimEnd("\r\n"u8);
            record = record with { Length = text.Length, FieldCount = 0, Defect = RecordDefect.OpenQuote };
        }

        return next;
    }

    /// <summary>Returns whether a line within a record that reaches to the end of the file begins a valid record.</summary>
    public bool HasSwallowedRecord(RecordBatch batch, RecordRange record) => FindSwallowedRecord(batch, record, final: true) is not null;

    /// <summary>Returns the offset of the first line within a record that begins a valid record; null if there is none, and −1 if that depends on more data.</summary>
    private int? FindSwallowedRecord(RecordBatch batch, RecordRange record, bool final)
    {
        var (start, stop) = (record.Start, record.Start + record.Length);
        for (var lines = 1; lines <= MaxLines; lines++)
        {
            start = SkipLine(batch.Content, start);
            if (start >= stop)
            {
                break;
            }

            var fields = batch.Fields.Count;
            var next = TryRead(batch, start, record.Line + lines, final, hasBackslashes: false, out _);
            batch.Fields.Truncate(fields);
            if (next is not null)
            {
                return next < 0 ? next : start;
            }
        }

        return null;
    }

    /// <summary>Reads a valid record. Returns the offset after it; null if there is none, and −1 if it does not end in the buffer.</summary>
    private int? TryRead(RecordBatch batch, int start, int line, bool final, bool hasBackslashes, out RecordRange record)
    {
        var fields = batch.Fields.Count;
        var result = RecordScanner.Scan(batch, batch.Content, start, final, delimiter, out var end, out var next, hasBackslashes);
        record = new RecordRange(line, start, end - start, fields, batch.Fields.Count - fields, 1);
        if (result == RecordScanner.ScanResult.Record && record.FieldCount == expected && isValid(new RecordView(batch, record)))
        {
            return next;
        }

        batch.Fields.Truncate(fields);
        return result == RecordScanner.ScanResult.Incomplete ? -1 : null;
    }

    /// <summary>Returns the offset after the line end that follows an offset; the length of the text if there is none.</summary>
    public static int SkipLine(ReadOnlySpan<byte> text, int start)
    {
        var end = text[start..].IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? text.Length : start + end + (text[(start + end)..].StartsWith("\r\n"u8) ? 2 : 1);
    }

    /// <summary>Returns whether text follows the closing quote of a field, so that it is not really a closing quote.</summary>
    public static bool HasTextAfterQuote(RecordBatch batch, RecordRange record)
    {
        for (var i = 0; i < record.FieldCount; i++)
        {
            var field = batch.Fields[record.FirstField + i];
            var end = field.Start + field.Length;
            if (field.Kind == FieldKind.Escaped && RecordScanner.FindClosingQuote(batch.Content[..end], field.Start + 1, final: true, hasBackslashes: false, out _) != end - 1)
            {
                return true;
            }
        }

        return false;
    }
}
