using CineLedger.Cleaning;
using CineLedger.Cleaning.Ratings;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Reads links.csv or links_small.csv.</summary>
internal static class LinkReader
{
    public static async Task<(MovieLensLinks Links, IReadOnlyList<Finding> Findings)> ReadAsync(
        Dataset dataset, DatasetFile file, GateDecision gates, CancellationToken cancellationToken)
    {
        var links = new MovieLensLinks(file.Name);
        var stream = dataset.OpenText(file);
        await using (stream.ConfigureAwait(false))
        {
            var reader = new RecordReader(stream, dataset.GetDisplayName(file));
            var columns = MovieLensLinks.ReadColumns(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.GetDisplayName(file));
            dataset.AddInterpretation(FileInterpretations.CreateForTable(file, reader, columns), stream);
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                {
                    for (var i = 0; i < batch.Count; i++)
                    {
                        links.Add(batch[i], columns);
                    }
                }

                gates.CheckRejectsEarly(file.Name, links.Rejected, links.Records, reader.Consumed, file.Length);
            }

            return (links,
            [
                .. HeaderFindings.Create(reader, stream, file.Name, columns.Unknown, [], linesEndInLineFeeds: false),
                .. CappedFindings.Merge([links.Findings]), .. SpreadsheetFindings.Merge([links.Spreadsheet]),
            ]);
        }
    }
}
