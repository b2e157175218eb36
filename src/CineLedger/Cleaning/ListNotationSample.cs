using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Determines the notations of lists from the first records of a file, before any of them is cleaned. The result depends on the file alone, not on batches
/// or threads.
/// </summary>
internal static class ListNotationSample
{
    /// <summary>The length in bytes of the beginning that decides: thousands of movies.</summary>
    public const int Length = 2 << 20;

    /// <summary>Determines notations from CSV records.</summary>
    /// <param name="head">The beginning of the file, with its header.</param>
    /// <param name="columnCount">The number of columns. Records with fewer fields are broken, and are ignored.</param>
    /// <param name="columns">The positions of the columns with lists; negative for a missing column.</param>
    public static ListNotation[] ReadCsv(FileBeginning head, int columnCount, params int[] columns) => Read(head, columns, (batch, start) =>
    {
        if (RecordScanner.Scan(batch, batch.Content, start, head.IsWhole, out var end, out var next) != RecordScanner.ScanResult.Record)
        {
            return null;
        }

        if (start > 0 && batch.Fields.Count >= columnCount)
        {
            batch.Records.Add(new RecordRange(0, start, end - start, 0, batch.Fields.Count, 1));
        }

        return next;
    });

    /// <summary>Determines notations from JSON objects, one per line.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="fields">Reads the fields of an object.</param>
    /// <param name="columns">The indexes of the fields with lists.</param>
    public static ListNotation[] ReadJson(FileBeginning head, JsonFields fields, params int[] columns) => Read(head, columns, (batch, start) =>
    {
        var end = batch.Content[start..].IndexOf((byte)'\n');
        if (end < 0 && !head.IsWhole)
        {
            return null;
        }

        var length = end < 0 ? batch.Content.Length - start : end;
        fields.Add(batch, start, length, 0);
        return start + length + 1;
    });

    /// <param name="head">The beginning of the file.</param>
    /// <param name="columns">The positions of the columns.</param>
    /// <param name="addRecord">Adds the record at an offset to an empty batch, if it counts. Returns the offset of the next record, or null if the text ends before.</param>
    private static ListNotation[] Read(FileBeginning head, int[] columns, Func<RecordBatch, int, int?> addRecord)
    {
        var counters = Array.ConvertAll(columns, _ => new ListNotationCounter());
        using var batch = new RecordBatch(head.Text.Span);
        for (int? start = 0; start < batch.Content.Length && !IsClear(counters, columns);)
        {
            batch.Clear();
            start = addRecord(batch, start.Value);
            for (var i = 0; i < columns.Length && batch.Count > 0; i++)
            {
                counters[i].Add(batch[0][columns[i]]);
            }
        }

        return Array.ConvertAll(counters, counter => counter.Notation);
    }

    private static bool IsClear(ListNotationCounter[] counters, int[] columns)
    {
        for (var i = 0; i < counters.Length; i++)
        {
            if (columns[i] >= 0 && !counters[i].IsClear)
            {
                return false;
            }
        }

        return true;
    }
}
