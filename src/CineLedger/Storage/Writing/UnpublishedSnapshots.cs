using System.Data.Common;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Studios;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Registers unpublished snapshots. A load registers its snapshot before it commits rows of it, so that later writers need not search the large
/// tables for rows that an interrupted load has left.
/// </summary>
internal static class UnpublishedSnapshots
{
    /// <summary>The tables that a load writes, each with the column that holds its snapshot's number.</summary>
    private static readonly (string Table, string Column)[] Tables =
        [("movie", "since"), .. RelatedWriter.LinkTables.Select(table => (table, "since")), .. RelatedTables.All.Select(table => (table, "since")),
        .. StudioRows.Tables.Select(table => (table, "since")), ("finding", "snapshot_id")];

    /// <summary>
    /// Deletes the rows that an interrupted load has left. Returns the newest snapshot's number, or 0 if there is none. Call it outside a
    /// transaction, as the ledger's only writer.
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

    /// <summary>Registers a snapshot before rows of it are committed.</summary>
    public static Task BeginAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("INSERT INTO draft VALUES ($1)", cancellationToken, snapshotId);

    /// <summary>Removes the registration, in the transaction that publishes the snapshot.</summary>
    public static Task EndAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("DELETE FROM draft", cancellationToken);

    private static async Task ClearRowsAsync(DbConnection connection, int last, CancellationToken cancellationToken)
    {
        var hasRest = false;
        foreach (var (table, column) in Tables)
        {
            // One statement per table: DuckDB takes many times as long to plan a single statement for all of them.
            hasRest = hasRest || await connection.ExecuteScalarAsync($"SELECT 1 FROM {table} WHERE {column} > {last} LIMIT 1", cancellationToken).ConfigureAwait(false) is not null;
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (hasRest)
            {
                // A later load may list the new companies under other spellings. Citus requires writes to reference tables before writes to distributed tables.
                var lastCompany = await connection.ExecuteScalarAsync($"SELECT COALESCE(MAX(company_id), 0) FROM movie_company WHERE since <= {last}", cancellationToken)
                    .ConfigureAwait(false);
                await connection.ExecuteAsync("DELETE FROM company WHERE company_id > $1", cancellationToken, lastCompany).ConfigureAwait(false);
            }

            foreach (var (table, column) in hasRest ? Tables : [])
            {
                await connection.ExecuteAsync($"DELETE FROM {table} WHERE {column} > $1", cancellationToken, last).ConfigureAwait(false);
            }

            await EndAsync(connection, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
