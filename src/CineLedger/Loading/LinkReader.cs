using CineLedger.Cleaning;
using CineLedger.Cleaning.Ratings;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Reads links.csv, or links_small.csv.</summary>
internal static class LinkReader
{
    public static async Task<(LinkTable Links, IReadOnlyList<Finding> Findings)> ReadAsync(
        Dataset dataset, DatasetFile file, CancellationToken cancellationToken)
    {
        var links = new LinkTable(file.Name);
        var stream = dataset.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            var reader = new RecordReader(stream, dataset.Shown(file));
            var columns = LinkTable.Columns(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.Shown(file));
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                {
                    for (var i = 0; i < batch.Count; i++)
                    {
                        links.Take(batch[i], columns);
                    }
                }
            }

            return (links,
            [
                .. HeaderFindings.Of(reader, file.Name, columns.Unknown, linesEndInLineFeeds: false),
                .. BoundedFindings.Merge([links.Findings]), .. SpreadsheetTally.Merge([links.Spreadsheet]),
            ]);
        }
    }
}
