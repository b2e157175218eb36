using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>Reverts ratings, people and keywords: writes the older snapshot's rows again and ends the rows that it did not have.</summary>
internal static class RelatedTablesRevert
{
    /// <summary>The tables, the columns by which a movie's rows are compared, and the other columns.</summary>
    private static readonly (string Table, string[] Content, string[] Others)[] Tables =
    [
        (RelatedTables.Ratings, ["rating_year", "ratings", "rating_sum"], []),
        (RelatedTables.People, ["content_hash"], ["person_id", "credit", "job", "department", "character", "position"]),
        (RelatedTables.Keywords, ["content_hash"], ["keyword_id", "position"]),
    ];

    /// <summary>A query for the movies whose ratings, people or keywords differ from those in snapshot $1.</summary>
    /// <remarks>A row that is in only one of the two states is counted once.</remarks>
    public static string Differing { get; } =
        $"SELECT DISTINCT movie_id FROM ({string.Join(" UNION ALL ", Tables.Select(table => BuildDiffering(table.Table, string.Join(", ", table.Content))))}) u";

    public static async Task WriteRowsAsync(Ledger ledger, int target, int id, CancellationToken cancellationToken)
    {
        foreach (var (table, content, others) in Tables)
        {
            var columns = string.Join(", ", content.Concat(others));
            await ledger.Connection.ExecuteAsync(
                $"""
                INSERT INTO {table} (movie_id, since, {columns})
                SELECT movie_id, $2, {columns} FROM {table} p
                WHERE {AsOf.Build("")} AND NOT EXISTS (
                    SELECT 1 FROM {table} c WHERE c.movie_id = p.movie_id AND {BuildEquality("c", "p", content)} AND c.until IS NULL AND c.since < $2)
                """,
                cancellationToken,
                target,
                id).ConfigureAwait(false);
        }
    }

    public static async Task EndRowsAsync(Ledger ledger, int target, int id, CancellationToken cancellationToken)
    {
        foreach (var (table, content, _) in Tables)
        {
            await ledger.Connection.ExecuteAsync(
                $"""
                UPDATE {table} SET until = $2 WHERE until IS NULL AND since < $2 AND NOT EXISTS (
                    SELECT 1 FROM {table} p WHERE p.movie_id = {table}.movie_id AND {BuildEquality("p", table, content)}
                    AND {AsOf.Build("p")})
                """,
                cancellationToken,
                target,
                id).ConfigureAwait(false);
        }
    }

    private static string BuildDiffering(string table, string content) =>
        $"""
        SELECT movie_id FROM (
            SELECT DISTINCT movie_id, {content}, 1 AS state FROM {table} WHERE until IS NULL
            UNION ALL SELECT DISTINCT movie_id, {content}, 2 AS state FROM {table} WHERE {AsOf.Build("")}) {table}_states
        GROUP BY movie_id, {content} HAVING COUNT(*) = 1
        """;

    private static string BuildEquality(string one, string other, string[] columns) =>
        string.Join(" AND ", columns.Select(column => $"{one}.{column} = {other}.{column}"));
}
