using System.Data.Common;

namespace CineLedger.Reports;

/// <summary>The published snapshots, the newest first.</summary>
public static class SnapshotList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("snapshot_id", ColumnKind.Identifier), new("published_at", ColumnKind.Time), new("records", ColumnKind.Integer),
        new("movies", ColumnKind.Integer), new("undated", ColumnKind.Integer), new("added", ColumnKind.Integer), new("changed", ColumnKind.Integer),
        new("removed", ColumnKind.Integer), new("source", ColumnKind.Text), new("source_version", ColumnKind.Text),
    ];

    /// <param name="connection">Open.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="upTo">The newest one to be listed; null for all.</param>
    /// <param name="limit">How many at the most; null for all.</param>
    /// <param name="offset">How many of the newest are passed over first.</param>
    public static Task<DbResult> OpenAsync(
        DbConnection connection, CancellationToken cancellationToken, int? upTo = null, int? limit = null, int offset = 0)
    {
        var sql = new SqlBuilder();
        sql.Text = $"""
            SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM snapshot
            WHERE state = 'published'{(upTo is { } newest ? $" AND snapshot_id <= {sql.Add(newest)}" : "")}
            ORDER BY snapshot_id DESC
            """;
        sql.Text += sql.BuildPage(limit, offset);
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }
}
