using System.Data.Common;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>
/// Counts the movies with a 0 where 0 means unknown. The ledger does not distinguish a 0 from a missing value, so the source is read again. Only
/// the record that the ledger took for each movie is counted; it is identified by its line.
/// </summary>
internal static class SourceZeros
{
    /// <summary>Returns the counts by ledger column.</summary>
    /// <param name="dataset">The loaded dataset.</param>
    /// <param name="connection">A ledger that holds the dataset and nothing else.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(Dataset dataset, DbConnection connection, CancellationToken cancellationToken)
    {
        var lines = new HashSet<(long Movie, int Line)>();
        await connection.ReadEachAsync(
            "SELECT movie_id, line FROM movie WHERE until IS NULL", row => lines.Add((row.GetInt64(0), row.GetInt32(1))), cancellationToken).ConfigureAwait(false);
        var zeros = (Budgets: 0L, Revenues: 0L, Runtimes: 0L);
        foreach (var part in dataset.GetParts(dataset.GetRequired(DatasetFiles.Movies)))
        {
            var (budgets, revenues, runtimes) = await CountAsync(dataset, part, lines, cancellationToken).ConfigureAwait(false);
            zeros = (zeros.Budgets + budgets, zeros.Revenues + revenues, zeros.Runtimes + runtimes);
        }

        return new Dictionary<string, long> { ["budget"] = zeros.Budgets, ["revenue"] = zeros.Revenues, ["runtime"] = zeros.Runtimes };
    }

    private static async Task<(long Budgets, long Revenues, long Runtimes)> CountAsync(
        Dataset dataset, DatasetFile file, HashSet<(long Movie, int Line)> lines, CancellationToken cancellationToken)
    {
        var reader = await MovieFileReader.OpenAsync(dataset, file, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var columns = reader.Columns;
            var (budgets, revenues, runtimes) = (0L, 0L, 0L);
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                {
                    for (var i = 0; i < batch.Count; i++)
                    {
                        var record = batch[i];
                        if (IdParser.TryParse(record[columns.Id], out var id, out _) && lines.Remove((id, record.Line)))
                        {
                            budgets += IsZero(record[columns[MovieField.Budget]]) ? 1 : 0;
                            revenues += IsZero(record[columns[MovieField.Revenue]]) ? 1 : 0;
                            runtimes += IsZero(record[columns[MovieField.Runtime]]) ? 1 : 0;
                        }
                    }
                }
            }

            return (budgets, revenues, runtimes);
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> text) => DecimalParser.Parse(text, largest: 0, out var value) is null && value is 0;
}
