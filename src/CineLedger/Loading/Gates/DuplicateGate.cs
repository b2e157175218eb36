using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Loading.Gates;

/// <summary>Checks that the movies that a batch adds are not movies of the ledger under other IDs, with the same title and release date.</summary>
internal static class DuplicateGate
{
    private const int MinMovies = 20;

    /// <summary>Checks whether most of the movies that a snapshot adds repeat another movie.</summary>
    public static async Task<IReadOnlyList<GateViolation>> CheckAddedAsync(
        DbConnection connection, int snapshot, long added, double maxShare, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"""
            SELECT CAST(COALESCE(SUM(LEAST(added, movies - 1)), 0) AS BIGINT), MIN(CASE WHEN added > 0 THEN example END), MAX(CASE WHEN added > 0 THEN example END)
            FROM (SELECT COUNT(*) AS movies, COUNT(*) FILTER (WHERE m.since = $1 AND p.movie_id IS NULL) AS added, MIN(m.title) AS example
                  FROM movie m LEFT JOIN movie p ON p.movie_id = m.movie_id AND p.until = $1
                  WHERE m.until IS NULL AND m.title IS NOT NULL AND m.release_date IS NOT NULL
                  GROUP BY m.title, m.release_date HAVING COUNT(*) > 1) d
            """,
            row => (Repeated: row.GetInt64(0), First: row.GetText(1), Last: row.GetText(2)),
            cancellationToken, snapshot).ConfigureAwait(false);
        var (repeated, first, last) = rows[0];
        return repeated >= MinMovies && repeated > added * maxShare
            ? [new(QualityGates.Duplicates, "id", string.Create(
                CultureInfo.InvariantCulture, $"{repeated:N0} of {added:N0} new movies repeat the title and date of another one under a different ID, such as {first} and {last}"))]
            : [];
    }
}
