using System.Data.Common;
using CineLedger.Storage.Operations;

namespace CineLedger.Reports;

/// <summary>The loads of a ledger, the newest first.</summary>
public static class LoadList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("started_at", ColumnKind.Time), new("trigger", ColumnKind.Text), new("state", ColumnKind.Text), new("snapshot_id", ColumnKind.Identifier),
        new("records", ColumnKind.Integer), new("added", ColumnKind.Integer), new("changed", ColumnKind.Integer), new("removed", ColumnKind.Integer),
        new("findings", ColumnKind.Integer), new("seconds", ColumnKind.Number), new("source", ColumnKind.Text), new("source_version", ColumnKind.Text),
        new("due_at", ColumnKind.Time), new("attempt", ColumnKind.Integer), new("node", ColumnKind.Text), new("load_id", ColumnKind.Text), new("error", ColumnKind.Text), new("gates", ColumnKind.Text),
        new("not_in_source", ColumnKind.Text),
    ];

    public static async Task<DbResult> OpenAsync(DbConnection connection, LoadFilter filter, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var gates = await GateRows.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? "(SELECT STRING_AGG(DISTINCT g.gate, ', ' ORDER BY g.gate) FROM load_gate g WHERE g.run_id = r.run_id)"
            : "CAST(NULL AS TEXT)";
        sql.Text = $"""
            SELECT started_at, trigger, state, snapshot_id, records, added, changed, removed, finding_count AS findings,
                   ROUND(CAST(EXTRACT(EPOCH FROM ended_at) - EXTRACT(EPOCH FROM started_at) AS DOUBLE PRECISION) * 1000) / 1000 AS seconds,
                   source, source_version, due_at, attempt, node, run_id AS load_id, error, {gates} AS gates, {MissingColumnRows.Names} AS not_in_source
            FROM ({await LoadHistory.BuildSelectAsync(connection, cancellationToken).ConfigureAwait(false)}) r
            """;
        sql.Text += LoadHistory.BuildWhere(sql, filter);
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
