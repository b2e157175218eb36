using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>The differences between two snapshots in the totals of a year.</summary>
/// <param name="Year">The year of release; null for movies without one.</param>
/// <param name="Movies">The movies of the year in the later snapshot minus those in the earlier one.</param>
/// <param name="Revenue">The change of the known revenue, in US dollars.</param>
/// <param name="Budget">The change of the known budget, in US dollars.</param>
public sealed record AmountChanges(int? Year, long Movies, long Revenue, long Budget)
{
    /// <summary>
    /// Reads the changes of each year with one, the largest change of revenue first. Only movies that changed are read. A planned movie that was released in the meantime
    /// without a change of its record is not among them.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="from">The earlier snapshot.</param>
    /// <param name="to">The later snapshot.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<IReadOnlyList<AmountChanges>> ReadAsync(DbConnection connection, int from, int to, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"""
            SELECT release_year, CAST(SUM(part) AS BIGINT), CAST(SUM(part * COALESCE(revenue, 0)) AS BIGINT), CAST(SUM(part * COALESCE(budget, 0)) AS BIGINT)
            FROM (
                SELECT m.release_year, m.revenue, m.budget, 1 AS part FROM movie m
                WHERE {AsOf.Build("m", "$2")} AND m.since > $1 AND (m.release_year IS NULL OR {UnreleasedMovies.BuildExclusion("m", "$2")})
                UNION ALL
                SELECT m.release_year, m.revenue, m.budget, -1 AS part FROM movie m
                WHERE {AsOf.Build("m", "$1")} AND m.until <= $2 AND (m.release_year IS NULL OR {UnreleasedMovies.BuildExclusion("m", "$1")})
            ) changed
            GROUP BY release_year
            HAVING SUM(part) <> 0 OR SUM(part * COALESCE(revenue, 0)) <> 0 OR SUM(part * COALESCE(budget, 0)) <> 0
            ORDER BY ABS(SUM(part * COALESCE(revenue, 0))) DESC, ABS(SUM(part * COALESCE(budget, 0))) DESC, release_year NULLS LAST
            """,
            row => new AmountChanges(row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            from,
            to).ConfigureAwait(false);
}
