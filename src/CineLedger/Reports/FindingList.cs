using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>The findings of the load that created a snapshot, ordered by file and line.</summary>
public static class FindingList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("snapshot_id", ColumnKind.Identifier), new("kind", ColumnKind.Text), new("rule", ColumnKind.Text), new("file", ColumnKind.Text),
        new("line", ColumnKind.Identifier), new("movie_id", ColumnKind.Identifier), new("field", ColumnKind.Text), new("value", ColumnKind.Text),
        new("occurrences", ColumnKind.Integer),
    ];

    /// <summary>Counts the findings of each rule in the load that created a snapshot.</summary>
    public static Task<List<(string Kind, string Rule, long Findings)>> CountAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        connection.QueryAsync(
            "SELECT kind, rule, CAST(SUM(occurrences) AS BIGINT) FROM finding WHERE snapshot_id = $1 GROUP BY kind, rule ORDER BY kind, rule",
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2)),
            cancellationToken,
            snapshotId);

    /// <summary>
    /// Counts the rows that match the filter, regardless of its limit, and the findings that they represent: a row can stand for the same finding in several records.
    /// </summary>
    public static async Task<(long Rows, long Findings)> CountAsync(DbConnection connection, FindingFilter filter, int snapshotId, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        sql.Text = $"SELECT COUNT(*), CAST(COALESCE(SUM(occurrences), 0) AS BIGINT) FROM finding WHERE {BuildConditions(sql, filter, snapshotId)}";
        return (await connection.QueryAsync(sql.Text, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false))[0];
    }

    public static Task<DbResult> OpenAsync(DbConnection connection, FindingFilter filter, int snapshotId, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        sql.Text = $"""
            SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM finding
            WHERE {BuildConditions(sql, filter, snapshotId)}
            ORDER BY file, line, rule, field NULLS FIRST, movie_id NULLS FIRST, value NULLS FIRST, kind, occurrences
            """;
        sql.Text += sql.BuildPage(filter.Limit, filter.Offset);
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }

    /// <summary>Opens the findings that were kept of a load that a gate stopped: the first of each rule.</summary>
    public static Task<DbResult> OpenUnpublishedAsync(DbConnection connection, FindingFilter filter, string loadId, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        sql.Text = $"""
            SELECT CAST(NULL AS INTEGER) AS {string.Join(", ", Columns.Select(column => column.Name))} FROM load_finding
            WHERE run_id = {sql.Add(loadId)}{string.Concat(BuildFilter(sql, filter).Select(condition => $" AND {condition}"))}
            ORDER BY file, line, rule, field NULLS FIRST, movie_id NULLS FIRST, value NULLS FIRST, kind, occurrences
            """;
        sql.Text += sql.BuildPage(filter.Limit, filter.Offset);
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }

    private static string BuildConditions(SqlBuilder sql, FindingFilter filter, int snapshotId)
    {
        string[] conditions = [$"snapshot_id = {sql.Add(snapshotId)}", .. BuildFilter(sql, filter)];
        return string.Join(" AND ", conditions);
    }

    private static List<string> BuildFilter(SqlBuilder sql, FindingFilter filter)
    {
        List<string> conditions = [];
        Filter("kind", filter.Kind);
        Filter("rule", filter.Rule);
        Filter("file", filter.File);
        if (filter.MovieId is { } movieId)
        {
            conditions.Add($"movie_id = {sql.Add(movieId)}");
        }

        return conditions;

        void Filter(string column, string? value)
        {
            if (value is not null)
            {
                conditions.Add($"{column} = {sql.Add(value)}");
            }
        }
    }
}

/// <summary>Selects findings; a null property matches any value.</summary>
public sealed record FindingFilter
{
    /// <summary>One of <see cref="FindingKindNames.All"/>.</summary>
    public string? Kind { get; init; }
    public string? Rule { get; init; }
    public string? File { get; init; }
    public long? MovieId { get; init; }
    public int? Limit { get; init; }

    /// <summary>The number of findings to skip.</summary>
    public int Offset { get; init; }
}
