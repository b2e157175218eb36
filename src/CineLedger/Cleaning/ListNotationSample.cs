using System.Text;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// Determines the notations of lists from the first records of a file, before any of them is cleaned. The result depends on the file alone, not on batches
/// or threads.
/// </summary>
internal sealed class ListNotationSample
{
    /// <summary>The length of the beginning that decides if it has hundreds of literals and nothing else.</summary>
    private const int FirstLength = 256 << 10;

    /// <summary>The length of the beginning that decides otherwise: thousands of movies.</summary>
    private const int FullLength = 1 << 20;

    /// <summary>The index of the companies, or of the keywords in a keywords file.</summary>
    private const int CompanyIndex = 1;

    /// <summary>The index of the collections among the columns of a movies file; the genres are the first column.</summary>
    private const int CollectionIndex = 4;

    private readonly LookaheadStream _file;
    private readonly Func<RecordBatch, int, bool, int?> _addRecord;
    private readonly int[] _columns;

    /// <param name="file">The file, from its first byte.</param>
    /// <param name="columns">The positions of the columns with lists, the genres first, and of the collections; negative for a missing column.</param>
    /// <param name="addRecord">Adds the record at an offset to an empty batch, if it counts. Returns the offset of the next record, or null if the text ends first.</param>
    private ListNotationSample(LookaheadStream file, int[] columns, Func<RecordBatch, int, bool, int?> addRecord) => (_file, _columns, _addRecord) = (file, columns, addRecord);

    /// <summary>Determines notations from CSV records. Records with fewer fields than the header are broken, and do not count.</summary>
    public static Task<ListForm[]> ReadCsvAsync(LookaheadStream file, int columnCount, int[] columns, CancellationToken cancellationToken)
    {
        var delimiter = (byte)',';
        return new ListNotationSample(file, columns, AddRecord).ReadAsync(cancellationToken);

        int? AddRecord(RecordBatch batch, int start, bool isWhole)
        {
            var isHeader = start == 0;
            if (isHeader)
            {
                var mark = batch.Content.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
                var format = CsvFormat.Detect(batch.Content[mark..]);
                (delimiter, start) = (format.Delimiter, mark + format.HeaderStart);
            }

            if (RecordScanner.Scan(batch, batch.Content, start, isWhole, delimiter, out var end, out var next) != RecordScanner.ScanResult.Record)
            {
                return null;
            }

            if (!isHeader && batch.Fields.Count >= columnCount)
            {
                batch.Records.Add(new RecordRange(0, start, end - start, 0, batch.Fields.Count, 1));
            }

            return next;
        }
    }

    /// <summary>Determines notations from JSON objects, one per line.</summary>
    public static Task<ListForm[]> ReadJsonAsync(LookaheadStream file, JsonFields fields, int[] columns, CancellationToken cancellationToken)
    {
        return new ListNotationSample(file, columns, AddRecord).ReadAsync(cancellationToken);

        int? AddRecord(RecordBatch batch, int start, bool isWhole)
        {
            var end = batch.Content[start..].IndexOf((byte)'\n');
            if (end < 0 && !isWhole)
            {
                return null;
            }

            var length = end < 0 ? batch.Content.Length - start : end;
            fields.Add(batch, start, length, 0);
            return start + length + 1;
        }
    }

    private async Task<ListForm[]> ReadAsync(CancellationToken cancellationToken)
    {
        var head = await _file.PeekAsync(FirstLength, cancellationToken).ConfigureAwait(false);
        var counters = Count(head);
        if (!head.IsWhole && !IsClear(counters))
        {
            counters = Count(await _file.PeekAsync(FullLength, cancellationToken).ConfigureAwait(false));
        }

        _file.ReleaseBeginning();
        var genres = counters[0].Notation;
        return Array.ConvertAll(counters, counter => counter.GetForm(genres));
    }

    private ListNotationCounter[] Count(FileBeginning head)
    {
        var counters = new ListNotationCounter[_columns.Length];
        for (var i = 0; i < counters.Length; i++)
        {
            counters[i] = new ListNotationCounter(isGenres: i == 0, isSparse: i == CollectionIndex, mayHaveCommas: i == CompanyIndex);
        }

        using var batch = new RecordBatch(head.Text.Span);
        for (int? start = 0; start < batch.Content.Length && !IsClear(counters);)
        {
            batch.Clear();
            start = _addRecord(batch, start.Value, head.IsWhole);
            for (var i = 0; i < counters.Length && batch.Count > 0; i++)
            {
                counters[i].Add(batch[0][_columns[i]]);
            }
        }

        return counters;
    }

    private bool IsClear(ListNotationCounter[] counters)
    {
        for (var i = 0; i < counters.Length; i++)
        {
            if (_columns[i] >= 0 && !counters[i].IsClear)
            {
                return false;
            }
        }

        return true;
    }
}
