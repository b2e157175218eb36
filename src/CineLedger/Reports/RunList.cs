using System.Data.Common;

namespace CineLedger.Reports;

/// <summary>The loads that a ledger knows of, the newest first.</summary>
public static class RunList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("started_at", ColumnKind.Time), new("trigger", ColumnKind.Text), new("state", ColumnKind.Text), new("snapshot_id", ColumnKind.Identifier),
        new("records", ColumnKind.Whole), new("added", ColumnKind.Whole), new("changed", ColumnKind.Whole), new("removed", ColumnKind.Whole),
        new("findings", ColumnKind.Whole), new("seconds", ColumnKind.Number), new("source", ColumnKind.Text), new("source_version", ColumnKind.Text),
        new("due_at", ColumnKind.Time), new("attempt", ColumnKind.Whole), new("node", ColumnKind.Text), new("load_id", ColumnKind.Text), new("error", ColumnKind.Text),
    ];

    public static async Task<DbResult> OpenAsync(DbConnection connection, RunFilter filter, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text = $"""
            SELECT started_at, trigger, state, snapshot_id, records, added, changed, removed, finding_count AS findings,
                   ROUND(CAST(EXTRACT(EPOCH FROM ended_at) - EXTRACT(EPOCH FROM started_at) AS DOUBLE PRECISION) * 1000) / 1000 AS seconds,
                   source, source_version, due_at, attempt, node, run_id AS load_id, error
            FROM ({await RunHistory.AllAsync(connection, cancellationToken).ConfigureAwait(false)}) r
            """;
        sql.Text += RunHistory.Where(sql, filter);
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
