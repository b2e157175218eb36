using System.Data.Common;
using CineLedger.Model;

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

    private const string HiddenSource = $@"REGEXP_REPLACE(source, '{SourceName.SqlPattern}', '\1', 'g') AS source";

    /// <param name="connection">An open connection.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <param name="upTo">The newest snapshot to list; null for all.</param>
    /// <param name="limit">The maximum number of snapshots; null for all.</param>
    /// <param name="offset">The number of newest snapshots to skip.</param>
    /// <param name="hidesPaths">Whether sources are shown without their folders and hosts.</param>
    public static Task<DbResult> OpenAsync(
        DbConnection connection, CancellationToken cancellationToken, int? upTo = null, int? limit = null, int offset = 0, bool hidesPaths = false)
    {
        var sql = new SqlBuilder();
        sql.Text = $"""
            SELECT {string.Join(", ", Columns.Select(column => hidesPaths && column.Name == "source" ? HiddenSource : column.Name))} FROM snapshot
            WHERE state = 'published'{(upTo is { } newest ? $" AND snapshot_id <= {sql.Add(newest)}" : "")}
            ORDER BY snapshot_id DESC
            """;
        sql.Text += sql.BuildPage(limit, offset);
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }
}
