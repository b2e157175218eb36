using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>What the cleaner made of one batch of records, in their order; at the end of a file also what was found in the file as a whole.</summary>
/// <param name="Items">Usable records.</param>
/// <param name="Findings">What was found in the records.</param>
/// <param name="Spreadsheet">What a spreadsheet did to them.</param>
/// <param name="Records">Records of the batch that are not empty rows; a joined one counts once.</param>
/// <param name="Bytes">Bytes they took in the file.</param>
internal sealed record CleanedBatch<T>(List<T> Items, List<Finding> Findings, SpreadsheetFindings Spreadsheet, int Records, long Bytes)
    where T : struct
{
    /// <summary>The batch that ends a file: it has no records.</summary>
    public static CleanedBatch<T> End(IEnumerable<Finding> fileFindings) => new([], [.. fileFindings], new SpreadsheetFindings(""), 0, 0);

    /// <param name="batch">Records as read.</param>
    /// <param name="clean">Makes an item of a record, or null and findings.</param>
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
