namespace CineLedger.Records;

/// <summary>
/// Mends records that a line break outside quotes has cut: neighbours of k and n fields with k + n − 1 = the header's count are
/// one record if the joined one reads as it should. More than one break in a record is mended likewise, piece by piece, and so is
/// a broken record that a spreadsheet has padded with empty fields to the header's width.
/// </summary>
internal sealed class RecordJoiner(int expected, RecordTest? isWhole)
{
    /// <summary>A film's text rarely has more paragraphs; the limit keeps a damaged file from being tried in every combination.</summary>
    private const int MaxPieces = 8;

    /// <summary>How many records at the start of the batch can be judged without knowing what follows it.</summary>
    public int CountSettled(RecordBatch batch)
    {
        var count = batch.Records.Count;
        if (isWhole is null)
        {
            return count;
        }

        var oldest = Math.Max(0, count - MaxPieces);
        while (count > oldest && IsSuspect(batch, batch.Records[count - 1]))
        {
            count--;
        }

        return count;
    }

    /// <summary>Replaces the pieces of broken records in the batch by the whole ones.</summary>
    public void Join(RecordBatch batch)
    {
        var records = batch.Records;
        if (isWhole is null || !records.Exists(record => IsSuspect(batch, record)))
        {
            return;
        }

        var joined = new List<RecordRange>(records.Count);
        for (var i = 0; i < records.Count;)
        {
            var (record, pieces) = records[i].IsEmpty || !IsSuspect(batch, records[i]) ? (records[i], 1) : JoinFrom(batch, i);
            joined.Add(record);
            i += pieces;
        }

        batch.Records = joined;
    }

    private (RecordRange Record, int Pieces) JoinFrom(RecordBatch batch, int first)
    {
        var total = Width(batch, batch.Records[first]);
        for (var last = first + 1; last < batch.Records.Count && last - first < MaxPieces && total < expected; last++)
        {
            total += Width(batch, batch.Records[last]) - 1;
            if (total != expected)
            {
                continue;
            }

            var record = Merge(batch, first, last);
            if (isWhole!(new RecordView(batch, record)))
            {
                return (record, last - first + 1);
            }

            batch.TruncateFields(record.FirstField);
        }

        return (batch.Records[first], 1);
    }

    private RecordRange Merge(RecordBatch batch, int first, int last)
    {
        var firstField = batch.FieldCount;
        byte[] open = [];
        for (var i = first; i <= last; i++)
        {
            var piece = batch.Records[i];
            var width = Width(batch, piece);
            for (var f = 0; f < width; f++)
            {
                var field = batch.Fields[piece.FirstField + f];
                var touchesBreak = (f == 0 && i > first) || (f == width - 1 && i < last);
                if (!touchesBreak)
                {
                    batch.AddField(field.Start, field.Length, field.Kind);
                    continue;
                }

                var text = batch.Text(field, piece.Length);
                open = f == 0 && i > first ? [.. open, .. text] : text.ToArray();
                if (f == width - 1 && i < last)
                {
                    var end = piece.Start + piece.Length;
                    open = [.. open, .. batch.Buffer.AsSpan(end, batch.Records[i + 1].Start - end)];
                }
                else
                {
                    batch.AddField(batch.AddMended(open), open.Length, FieldKind.Mended);
                }
            }
        }

        var (from, to) = (batch.Records[first], batch.Records[last]);
        return new RecordRange(
            from.Line, from.Start, to.Start + to.Length - from.Start, firstField, batch.FieldCount - firstField, last - first + 1);
    }

    /// <summary>True for a record that has the wrong count, or the right one only by empty fields at its end.</summary>
    private bool IsSuspect(RecordBatch batch, RecordRange record) =>
        record.FieldCount != expected || batch.Fields[record.FirstField + record.FieldCount - 1].Length == 0;

    /// <summary>The record's fields; without the empty ones at its end where they fill it up to the header's width.</summary>
    private int Width(RecordBatch batch, RecordRange record)
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
