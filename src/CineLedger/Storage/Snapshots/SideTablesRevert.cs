using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>The part that ratings, people and keywords have in a revert: rows that an older snapshot had are written once more, others end.</summary>
internal static class SideTablesRevert
{
    /// <summary>What rows of a film are compared by, and what else they hold.</summary>
    private static readonly (string Table, string[] Content, string[] Others)[] Tables =
    [
        (SideTables.Ratings, ["rating_year", "ratings", "rating_sum"], []),
        (SideTables.People, ["content_hash"], ["person_id", "credit", "job", "department", "character", "position"]),
        (SideTables.Keywords, ["content_hash"], ["keyword_id", "position"]),
    ];

    /// <summary>A query of the films whose ratings, people or keywords are not what they were as of snapshot $1.</summary>
    /// <remarks>What stands in one of the two states alone comes up once.</remarks>
    public static string Differing { get; } =
        $"SELECT DISTINCT movie_id FROM ({string.Join(" UNION ALL ", Tables.Select(table => DifferingIn(table.Table, string.Join(", ", table.Content))))}) u";

    public static async Task WriteRowsAsync(Ledger ledger, int target, int id, CancellationToken cancellationToken)
    {
        foreach (var (table, content, others) in Tables)
        {
            var columns = string.Join(", ", content.Concat(others));
            await ledger.Connection.ExecuteAsync(
                $"""
                INSERT INTO {table} (movie_id, since, {columns})
                SELECT movie_id, $2, {columns} FROM {table} p
                WHERE {AsOf.Sql("")} AND NOT EXISTS (
                    SELECT 1 FROM {table} c WHERE c.movie_id = p.movie_id AND {Same("c", "p", content)} AND c.until IS NULL AND c.since < $2)
                """,
                cancellationToken,
                target,
                id).ConfigureAwait(false);
        }
    }

    public static async Task CloseAsync(Ledger ledger, int target, int id, CancellationToken cancellationToken)
    {
        foreach (var (table, content, _) in Tables)
        {
            await ledger.Connection.ExecuteAsync(
                $"""
                UPDATE {table} SET until = $2 WHERE until IS NULL AND since < $2 AND NOT EXISTS (
                    SELECT 1 FROM {table} p WHERE p.movie_id = {table}.movie_id AND {Same("p", table, content)}
                    AND {AsOf.Sql("p")})
                """,
                cancellationToken,
                target,
                id).ConfigureAwait(false);
        }
    }

    private static string DifferingIn(string table, string content) =>
        $"""
        SELECT movie_id FROM (
            SELECT DISTINCT movie_id, {content}, 1 AS state FROM {table} WHERE until IS NULL
            UNION ALL SELECT DISTINCT movie_id, {content}, 2 AS state FROM {table} WHERE {AsOf.Sql("")}) {table}_states
        GROUP BY movie_id, {content} HAVING COUNT(*) = 1
        """;

    private static string Same(string one, string other, string[] columns) =>
        string.Join(" AND ", columns.Select(column => $"{one}.{column} = {other}.{column}"));
}
