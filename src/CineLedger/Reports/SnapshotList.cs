using System.Data.Common;

namespace CineLedger.Reports;

/// <summary>All published snapshots, the newest first.</summary>
public static class SnapshotList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("snapshot_id", ColumnKind.Identifier), new("published_at", ColumnKind.Time), new("records", ColumnKind.Whole),
        new("movies", ColumnKind.Whole), new("undated", ColumnKind.Whole), new("added", ColumnKind.Whole), new("changed", ColumnKind.Whole),
        new("removed", ColumnKind.Whole), new("source", ColumnKind.Text), new("source_version", ColumnKind.Text),
    ];

    public static Task<DbResult> OpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var sql = new SqlText
        {
            Text = $"""
                SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM snapshot
                WHERE state = 'published' ORDER BY snapshot_id DESC
                """,
        };
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }
}
