using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>The source files that the loads of published snapshots read, the newest snapshot first.</summary>
public static class SnapshotSourceList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("snapshot_id", ColumnKind.Identifier), new("fetched_at", ColumnKind.Time), new("bytes", ColumnKind.Integer),
        new("sha256", ColumnKind.Text), new("address", ColumnKind.Text), new("version", ColumnKind.Text),
    ];

    /// <param name="connection">An open connection.</param>
    /// <param name="snapshot">The snapshot whose source files to list; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">The ledger is too old to hold checksums.</exception>
    public static async Task<DbResult> OpenAsync(DbConnection connection, int? snapshot, CancellationToken cancellationToken)
    {
        if (!await Migrations.HasSourcesAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerException("this ledger was written by an older version of CineLedger and holds no checksums: load a dataset with this version first.");
        }

        var sql = new SqlBuilder();
        sql.Text = $"""
            SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM snapshot_source
            WHERE snapshot_id IN (SELECT s.snapshot_id FROM snapshot s WHERE s.state = 'published'){(snapshot is { } id ? $" AND snapshot_id = {sql.Add(id)}" : "")}
            ORDER BY snapshot_id DESC, position
            """;
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
