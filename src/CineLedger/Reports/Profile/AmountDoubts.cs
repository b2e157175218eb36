using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>What is suspicious of amounts. None of it is proof: these are the films to look at first.</summary>
internal static class AmountDoubts
{
    private const int MostExamples = 5;

    public static async Task<IReadOnlyList<AmountDoubt>> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var least = DoubtRules.Least.ToString(CultureInfo.InvariantCulture);
        return
        [
            await FindAsync(
                DoubtRules.Suspicious,
                "A budget or revenue below 1,000 dollars was probably entered in millions, or is a placeholder.",
                $"m.budget < {least} OR m.revenue < {least}",
                "LEAST(m.budget, m.revenue)").ConfigureAwait(false),
            await FindAsync(
                DoubtRules.Equal,
                "Budget and revenue are the same: one was probably copied into the other's place.",
                $"m.budget = m.revenue AND m.budget >= {least}",
                "m.budget DESC").ConfigureAwait(false),
            await SharedAsync(connection, snapshot, cancellationToken).ConfigureAwait(false),
            await ReturnOutliers.ReadAsync(connection, snapshot, MostExamples, cancellationToken).ConfigureAwait(false),
        ];

        async Task<AmountDoubt> FindAsync(string rule, string why, string condition, string order)
        {
            var rows = await connection.QueryAsync(
                $"SELECT {AmountProfiles.Film}, COUNT(*) OVER () FROM movie m WHERE {ProfileSql.InSnapshot} AND ({condition}) ORDER BY {order}, m.movie_id LIMIT {MostExamples}",
                row => (Film: AmountProfiles.ReadFilm(row), All: row.GetInt64(5)),
                cancellationToken,
                snapshot).ConfigureAwait(false);
            return new AmountDoubt(rule, why, rows.Count > 0 ? rows[0].All : 0, [.. rows.Select(row => row.Film)]);
        }
    }

    /// <summary>Round amounts are estimates, which films may well share. An example shows the amount that is shared, and no other.</summary>
    private static async Task<AmountDoubt> SharedAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        string Of(string amount) =>
            $"""
            SELECT '{amount}' AS field, m.{amount} AS amount, COUNT(*) AS films
            FROM movie m WHERE {ProfileSql.InSnapshot} AND m.{amount} >= {DoubtRules.Least} AND m.{amount} % 1000 <> 0 GROUP BY m.{amount} HAVING COUNT(*) > 1
            """;

        var rows = await connection.QueryAsync(
            $"""
            WITH shared AS ({Of("budget")} UNION ALL {Of("revenue")}),
            whole AS (SELECT CAST(SUM(films) AS BIGINT) AS films FROM shared)
            SELECT m.movie_id, m.title, m.release_year, CASE s.field WHEN 'budget' THEN s.amount END, CASE s.field WHEN 'revenue' THEN s.amount END, w.films
            FROM shared s CROSS JOIN whole w JOIN movie m ON s.amount = CASE s.field WHEN 'budget' THEN m.budget ELSE m.revenue END
            WHERE {ProfileSql.InSnapshot}
            ORDER BY s.films DESC, s.amount DESC, s.field, m.movie_id LIMIT {MostExamples + 1}
            """,
            row => (Film: AmountProfiles.ReadFilm(row), All: row.GetInt64(5)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return new AmountDoubt(
            DoubtRules.Shared,
            "Several films have the same amount to the dollar, and it is no round one: a remake may have been given the older film's figure.",
            rows.Count > 0 ? rows[0].All : 0,
            [.. rows.Select(row => row.Film)]);
    }
}
