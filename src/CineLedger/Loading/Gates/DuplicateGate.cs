using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>Checks that the same movies do not appear under several IDs: the same title on the same day. The original dataset has 30 such pairs in 45,000.</summary>
internal static class DuplicateGate
{
    private const double MaxShare = 0.01;
    private const int MinMovies = 20;

    public static async Task<IReadOnlyList<GateViolation>> CheckAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"""
            SELECT CAST(SUM(movies - 1) AS BIGINT), MIN(example), MAX(example)
            FROM (SELECT COUNT(*) AS movies, MIN(title) AS example FROM movie m
                  WHERE {AsOf.Build("m", snapshot)} AND title IS NOT NULL AND release_date IS NOT NULL
                  GROUP BY title, release_date HAVING COUNT(*) > 1) d
            """,
            row => row.IsDBNull(0) ? default : (Repeated: row.GetInt64(0), First: row.GetString(1), Last: row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        var (repeated, first, last) = rows[0];
        return repeated >= MinMovies && repeated > movies * MaxShare
            ? [new(QualityGates.Duplicates, "id", string.Create(
                CultureInfo.InvariantCulture, $"{repeated:N0} of {movies:N0} movies repeat the title and date of another one under a different ID, such as {first} and {last}"))]
            : [];
    }
}
