using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Finds suspicious amounts. They are not proof of an error, but the movies to review first.</summary>
internal static class SuspiciousAmountReader
{
    private const int MaxExamples = 5;

    public static async Task<IReadOnlyList<SuspiciousAmounts>> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var min = AmountRules.MinAmount.ToString(CultureInfo.InvariantCulture);
        return
        [
            await FindAsync(
                AmountRules.Suspicious,
                "A budget or revenue below 1,000 dollars was probably entered in millions, or is a placeholder.",
                $"m.budget < {min} OR m.revenue < {min}",
                "LEAST(m.budget, m.revenue)").ConfigureAwait(false),
            await FindAsync(
                AmountRules.Equal,
                "Budget and revenue are the same: one was probably copied from the other.",
                $"m.budget = m.revenue AND m.budget >= {min}",
                "m.budget DESC").ConfigureAwait(false),
            await ReadSharedAsync(connection, snapshot, cancellationToken).ConfigureAwait(false),
            await ReturnOutliers.ReadAsync(connection, snapshot, MaxExamples, cancellationToken).ConfigureAwait(false),
        ];

        async Task<SuspiciousAmounts> FindAsync(string rule, string explanation, string condition, string order)
        {
            var rows = await connection.QueryAsync(
                $"SELECT {AmountProfiles.MovieColumns}, COUNT(*) OVER () FROM movie m WHERE {ProfileSql.InSnapshot} AND ({condition}) "
                + $"ORDER BY {order}, m.movie_id LIMIT {MaxExamples}",
                row => (Movie: AmountProfiles.ReadMovie(row), All: row.GetInt64(5)),
                cancellationToken,
                snapshot).ConfigureAwait(false);
            return new SuspiciousAmounts(rule, explanation, rows.Count > 0 ? rows[0].All : 0, [.. rows.Select(row => row.Movie)]);
        }
    }

    /// <summary>Round amounts are excluded: they are estimates, which movies may legitimately share. An example shows only the shared amount.</summary>
    private static async Task<SuspiciousAmounts> ReadSharedAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        string BuildShared(string amount) =>
            $"""
            SELECT '{amount}' AS field, m.{amount} AS amount, COUNT(*) AS movies
            FROM movie m WHERE {ProfileSql.InSnapshot} AND m.{amount} >= {AmountRules.MinAmount} AND m.{amount} % 1000 <> 0 GROUP BY m.{amount} HAVING COUNT(*) > 1
            """;

        var rows = await connection.QueryAsync(
            $"""
            WITH shared AS ({BuildShared("budget")} UNION ALL {BuildShared("revenue")}),
            whole AS (SELECT CAST(SUM(movies) AS BIGINT) AS movies FROM shared)
            SELECT m.movie_id, m.title, m.release_year, CASE s.field WHEN 'budget' THEN s.amount END, CASE s.field WHEN 'revenue' THEN s.amount END, w.movies
            FROM shared s CROSS JOIN whole w JOIN movie m ON s.amount = CASE s.field WHEN 'budget' THEN m.budget ELSE m.revenue END
            WHERE {ProfileSql.InSnapshot}
            ORDER BY s.movies DESC, s.amount DESC, s.field, m.movie_id LIMIT {MaxExamples + 1}
            """,
            row => (Movie: AmountProfiles.ReadMovie(row), All: row.GetInt64(5)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return new SuspiciousAmounts(
            AmountRules.Shared,
            "Several movies have exactly the same amount, which is not a round number: a remake may have received the original's amount.",
            rows.Count > 0 ? rows[0].All : 0,
            [.. rows.Select(row => row.Movie)]);
    }
}
