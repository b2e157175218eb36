using System.Data.Common;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Snapshots that have been begun and not published. Whoever commits rows before he publishes them says so first; so that others, who begin
/// something small, need not search the large tables for what a dead load may have left.
/// </summary>
internal static class UnpublishedSnapshots
{
    /// <summary>The tables that a load writes, each with the column that holds its snapshot's number.</summary>
    private static readonly (string Table, string Column)[] Tables =
        [("movie", "since"), .. RelatedWriter.LinkTables.Select(table => (table, "since")), .. RelatedTables.All.Select(table => (table, "since")), ("finding", "snapshot_id")];

    /// <summary>
    /// Takes away what a load has left that died before it published; returns the newest snapshot's number, 0 where there is none. For who
    /// alone writes to the ledger, outside a transaction.
    /// </summary>
    public static async Task<int> ClearAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var state = await connection.QueryAsync(
            "SELECT COALESCE(MAX(snapshot_id), 0), (SELECT COUNT(*) FROM draft) > 0 FROM snapshot",
            row => (Last: row.GetInt32(0), HasDraft: row.GetBoolean(1)),
            cancellationToken).ConfigureAwait(false);
        if (state[0].HasDraft)
        {
            await ClearRowsAsync(connection, state[0].Last, cancellationToken).ConfigureAwait(false);
        }

        return state[0].Last;
    }

    /// <summary>Says that rows of a snapshot come before it is published.</summary>
    public static Task BeginAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("INSERT INTO draft VALUES ($1)", cancellationToken, snapshotId);

    /// <summary>Says that all rows are published; in the transaction that publishes them.</summary>
    public static Task EndAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("DELETE FROM draft", cancellationToken);

    private static async Task ClearRowsAsync(DbConnection connection, int last, CancellationToken cancellationToken)
    {
        var hasRest = false;
        foreach (var (table, column) in Tables)
        {
            // One statement for each table: DuckDB takes many times as long to plan one for all of them.
            hasRest = hasRest || await connection.ExecuteScalarAsync($"SELECT 1 FROM {table} WHERE {column} > {last} LIMIT 1", cancellationToken).ConfigureAwait(false) is not null;
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var (table, column) in hasRest ? Tables : [])
            {
                await connection.ExecuteAsync($"DELETE FROM {table} WHERE {column} > $1", cancellationToken, last).ConfigureAwait(false);
            }

            await EndAsync(connection, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
