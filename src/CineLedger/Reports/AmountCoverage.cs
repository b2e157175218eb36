using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>The number of movies, such as those of a snapshot, dated or not, and how many of them have a known budget and a known revenue.</summary>
/// <param name="Movies">All movies.</param>
/// <param name="Budgets">Movies whose budget is known.</param>
/// <param name="Revenues">Movies whose revenue is known.</param>
public readonly record struct AmountCoverage(long Movies, long Budgets, long Revenues)
{
    /// <summary>Counts all movies of a snapshot.</summary>
    public static async Task<AmountCoverage> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken)
    {
        var counts = await connection.QueryAsync(
            $"SELECT COUNT(*), COUNT(budget), COUNT(revenue) FROM movie WHERE {AsOf.Build("")}",
            row => new AmountCoverage(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            snapshotId).ConfigureAwait(false);
        return counts[0];
    }
}
