using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>The cleaned items and findings of a batch of records, in order. The last batch of a file holds the findings about the whole file.</summary>
/// <param name="Items">Usable records.</param>
/// <param name="Findings">The findings in the records.</param>
/// <param name="Spreadsheet">The changes that a spreadsheet made to them.</param>
/// <param name="Records">The number of records, without empty rows; a joined record counts once.</param>
/// <param name="Bytes">Their size in the file in bytes.</param>
internal sealed record CleanedBatch<T>(List<T> Items, List<Finding> Findings, SpreadsheetFindings Spreadsheet, int Records, long Bytes)
    where T : struct
{
    /// <summary>The columns of the movies file.</summary>
    public MovieColumns Columns { get; init; } = MovieColumns.Json;

    /// <summary>Creates the batch that ends a file; it has no records.</summary>
    public static CleanedBatch<T> End(IEnumerable<Finding> fileFindings) => new([], [.. fileFindings], new SpreadsheetFindings(""), 0, 0);

    /// <param name="batch">The records as read.</param>
    /// <param name="clean">Converts a record to an item, or returns null and adds findings.</param>
    public static CleanedBatch<T> Clean(RecordBatch batch, Func<RecordView, List<Finding>, T?> clean)
    {
        var items = new List<T>(batch.Count);
        var findings = new List<Finding>();
        var (records, bytes) = (0, 0L);
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            records += record.IsEmpty ? 0 : 1;
            bytes += record.Raw.Length + 1;
            if (clean(record, findings) is { } item)
            {
                items.Add(item);
            }
        }

        return new(items, findings, new SpreadsheetFindings(""), records, bytes);
    }
}
