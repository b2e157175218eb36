using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Reads the largest budgets and revenues, their distribution by number of digits, and their coverage by year.</summary>
internal static class AmountProfiles
{
    private const int LargestCount = 10;

    /// <summary>The columns that <see cref="ReadMovie"/> expects.</summary>
    public const string MovieColumns = "m.movie_id, m.title, m.release_year, m.budget, m.revenue";

    public static MovieAmounts ReadMovie(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetText(1),
        row.IsDBNull(2) ? null : row.GetInt32(2),
        row.IsDBNull(3) ? null : row.GetInt64(3),
        row.IsDBNull(4) ? null : row.GetInt64(4));

    public static async Task<AmountProfile> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        return new AmountProfile(
            await LargestAsync("budget").ConfigureAwait(false),
            await LargestAsync("revenue").ConfigureAwait(false),
            await ReadSizesAsync(connection, snapshot, cancellationToken).ConfigureAwait(false),
            await SuspiciousAmountReader.ReadAsync(connection, snapshot, cancellationToken).ConfigureAwait(false));

        Task<List<MovieAmounts>> LargestAsync(string amount) => connection.QueryAsync(
            $"SELECT {MovieColumns} FROM movie m WHERE {ProfileSql.InSnapshot} AND m.{amount} IS NOT NULL ORDER BY m.{amount} DESC, m.movie_id LIMIT {LargestCount}",
            ReadMovie,
            cancellationToken,
            snapshot);
    }

    public static Task<List<YearCoverage>> ReadYearsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken) => connection.QueryAsync(
        $"""
        SELECT m.release_year, COUNT(*), COUNT(m.budget), COUNT(m.revenue), COUNT(m.budget + m.revenue)
        FROM movie m WHERE {ProfileSql.InSnapshot} GROUP BY m.release_year ORDER BY m.release_year NULLS LAST
        """,
        row => new YearCoverage(row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        cancellationToken,
        snapshot);

    /// <summary>Counts digits as text, because a logarithm is not exact.</summary>
    private static async Task<IReadOnlyList<AmountSize>> ReadSizesAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"""
            SELECT digits, COUNT(budget), COUNT(revenue)
            FROM (SELECT LENGTH(CAST(m.budget AS TEXT)) AS digits, m.budget, NULL AS revenue FROM movie m WHERE {ProfileSql.InSnapshot} AND m.budget IS NOT NULL
                  UNION ALL
                  SELECT LENGTH(CAST(m.revenue AS TEXT)), NULL, m.revenue FROM movie m WHERE {ProfileSql.InSnapshot} AND m.revenue IS NOT NULL) amounts
            GROUP BY digits ORDER BY digits
            """,
            row => new AmountSize((int)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return rows.Count == 0
            ? rows
            : [.. Enumerable.Range(rows[0].Digits, rows[^1].Digits - rows[0].Digits + 1).Select(digits =>
                rows.FirstOrDefault(row => row.Digits == digits) ?? new AmountSize(digits, 0, 0))];
    }
}
