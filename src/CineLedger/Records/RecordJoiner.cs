namespace CineLedger.Records;

/// <summary>
/// Repairs records that are split by a line break outside quotes. Adjacent rows of k and n fields with k + n − 1 = the header's count are one record if
/// the joined record is valid. Records with several breaks are joined piece by piece. A split record that a spreadsheet has padded with empty fields to
/// the header's width is joined as well.
/// </summary>
/// <param name="expected">The number of fields of the header.</param>
/// <param name="isWhole">Decides whether a joined record is valid; null to join none.</param>
/// <param name="hasId">Decides whether a row has an ID in its place. Two such rows are two incomplete records and are not joined. Null if that is not known.</param>
internal sealed class RecordJoiner(int expected, RecordPredicate? isWhole, RecordPredicate? hasId = null)
{
    /// <summary>A movie's text rarely has more paragraphs. The limit bounds the number of combinations tried in a damaged file.</summary>
    private const int MaxPieces = 8;

    /// <summary>
    /// Replaces the pieces of split records in the batch with the joined records. Records at the end that cannot be decided before more is read are removed
    /// from the batch. Returns the offset of the first of them, or <paramref name="next"/> if there are none.
    /// </summary>
    /// <param name="batch">The scanned records.</param>
    /// <param name="next">The offset after the last record.</param>
    /// <param name="final">True if no later row can belong to these records.</param>
    public int Join(RecordBatch batch, int next, bool final)
    {
        if (isWhole is null)
        {
            return next;
        }

        var records = batch.Records;
        var joined = 0;
        for (var i = 0; i < records.Count; joined++)
        {
            if (TryJoinFrom(batch, i, final, out var record) is not { } pieces)
            {
                next = records[i].Start;
                break;
            }

            // The write index never passes the read index.
            records[joined] = record;
            i += pieces;
        }

        records.Truncate(joined);
        return next;
    }

    /// <summary>Returns the number of pieces in the record that starts at <paramref name="first"/>; null if that depends on data after the batch.</summary>
    private int? TryJoinFrom(RecordBatch batch, int first, bool final, out RecordRange record)
    {
        record = batch.Records[first];
        if (record.IsEmpty || record.Defect != RecordDefect.None)
        {
            return 1;
        }

        // Empty fields at the end may be the record's own or a spreadsheet's padding.
        var trimmed = GetWidth(batch, record);
        var pieces = TryJoinFrom(batch, first, trimmed, final, ref record);
        return pieces == 1 && trimmed < expected && record.FieldCount == expected
            ? TryJoinFrom(batch, first, expected, final, ref record)
            : pieces;
    }

    private int? TryJoinFrom(RecordBatch batch, int first, int firstWidth, bool final, ref RecordRange record)
    {
        var (total, pieces) = (firstWidth, 1);
        var padded = record.FieldCount >= expected;
        for (var last = first + 1; last - first < MaxPieces && total <= expected; last++)
        {
            if (last == batch.Records.Count)
            {
                return final ? pieces : null;
            }

            // A spreadsheet pads every row. If one row is shorter, the empty fields of the others are not padding.
            var next = batch.Records[last];
            if (firstWidth < batch.Records[first].FieldCount && next.FieldCount < expected && !next.IsEmpty)
            {
                break;
            }

            // A row that is itself a record does not continue another one. Its empty fields are its own, as in a file with few columns, not padding.
            if (padded && total < expected && next is { IsEmpty: false, Defect: RecordDefect.None } && isWhole!(new RecordView(batch, next)))
            {
                break;
            }

            total += (padded ? GetWidth(batch, next) : next.FieldCount) - 1;
            if (total != expected || next.IsEmpty || next.Defect != RecordDefect.None)
            {
                continue;
            }

            if (hasId is not null && hasId(new RecordView(batch, next)) && hasId(new RecordView(batch, batch.Records[first])))
            {
                break;
            }

            var fields = batch.Fields.Count;
            var joined = Merge(batch, first, firstWidth, last, padded);
            if (isWhole!(new RecordView(batch, joined)))
            {
                // Continue, because a text in the last column may have more lines.
                record = joined;
                pieces = last - first + 1;
            }
            else
            {
                batch.Fields.Truncate(fields);
            }
        }

        return pieces;
    }

    private RecordRange Merge(RecordBatch batch, int first, int firstWidth, int last, bool padded)
    {
        var firstField = batch.Fields.Count;
        byte[] open = [];
        for (var i = first; i <= last; i++)
        {
            var piece = batch.Records[i];
            var width = i == first ? firstWidth : padded ? GetWidth(batch, piece) : piece.FieldCount;
            for (var f = 0; f < width; f++)
            {
                var field = batch.Fields[piece.FirstField + f];
                var touchesBreak = (f == 0 && i > first) || (f == width - 1 && i < last);
                if (!touchesBreak)
                {
                    batch.AddField(field.Start, field.Length, field.Kind);
                    continue;
                }

                var text = batch.GetText(field, piece.Length);
                open = f == 0 && i > first ? [.. open, .. text] : text.ToArray();
                if (f == width - 1 && i < last)
                {
                    var end = piece.Start + piece.Length;
                    open = [.. open, .. batch.Buffer.AsSpan(end, batch.Records[i + 1].Start - end)];
                }
                else
                {
                    batch.AddField(batch.AddJoined(open), open.Length, FieldKind.Joined);
                }
            }
        }

        var (from, to) = (batch.Records[first], batch.Records[last]);
        return new RecordRange(
            from.Line, from.Start, to.Start + to.Length - from.Start, firstField, batch.Fields.Count - firstField, last - first + 1);
    }

    /// <summary>Returns the number of fields. If the record has the header's width or more, empty fields at its end are not counted.</summary>
    private int GetWidth(RecordBatch batch, RecordRange record)
    {
        var width = record.FieldCount;
        if (width < expected)
        {
            return width;
        }

        while (width > 1 && batch.Fields[record.FirstField + width - 1].Length == 0)
        {
            width--;
        }

        return width;
    }
}
