using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>
/// Reads and writes how far the ledger's changes have been published to a topic, and which server publishes them. One server at a time holds the
/// lease; when a server dies, another takes over after the lease has ended. Connections come from <see cref="LedgerPool.RentWriterAsync"/>, times
/// from the clock that all servers share.
/// </summary>
public static class ChangeFeedRows
{
    /// <summary>PostgreSQL's unique_violation. Cannot occur in a DuckDB file, which only one process writes.</summary>
    private const string AlreadyThere = "23505";

    /// <summary>Takes or renews the lease.</summary>
    /// <param name="connection">A connection for small tables.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="node">The caller's name, unique to its process.</param>
    /// <param name="now">The current time by the ledger's clock.</param>
    /// <param name="until">The end of the lease.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether this node holds the lease, and the newest snapshot that is completely in the topic, or null before the first.</returns>
    public static async Task<(bool IsOurs, int? Published)> ClaimAsync(
        DbConnection connection, string topic, string node, DateTime now, DateTime until, CancellationToken cancellationToken)
    {
        var taken = await connection.ExecuteAsync(
            "UPDATE change_feed SET node = $2, leased_until = $4, updated_at = $3 WHERE topic = $1 AND (node = $2 OR leased_until <= $3)",
            cancellationToken,
            topic, node, now, until).ConfigureAwait(false);
        if (taken == 0)
        {
            try
            {
                await connection.ExecuteAsync(
                    "INSERT INTO change_feed (topic, node, leased_until, updated_at) "
                    + "SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($4 AS TIMESTAMP), CAST($3 AS TIMESTAMP) WHERE NOT EXISTS (SELECT 1 FROM change_feed WHERE topic = $1)",
                    cancellationToken, topic, node, now, until).ConfigureAwait(false);
            }
            catch (DbException error) when (error.SqlState == AlreadyThere)
            {
                // Another server inserted the row first.
            }
        }

        var rows = await connection.QueryAsync(
            "SELECT node, snapshot_id FROM change_feed WHERE topic = $1",
            row => (row.GetString(0) == node, row.IsDBNull(1) ? (int?)null : row.GetInt32(1)),
            cancellationToken,
            topic).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Records that the topic is complete up to a snapshot. Returns false, and writes nothing, if another node holds the lease by now.</summary>
    public static async Task<bool> AdvanceAsync(DbConnection connection, string topic, string node, int snapshotId, DateTime now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE change_feed SET snapshot_id = $3, updated_at = $4 WHERE topic = $1 AND node = $2", cancellationToken, topic, node, snapshotId, now).ConfigureAwait(false) == 1;

    /// <summary>Releases the lease, so that another node need not wait for its end.</summary>
    public static Task ReleaseAsync(DbConnection connection, string topic, string node, DateTime now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("UPDATE change_feed SET leased_until = $3 WHERE topic = $1 AND node = $2", cancellationToken, topic, node, now);

    /// <summary>Returns the movies that a snapshot added, changed or removed, sorted by ID.</summary>
    public static async Task<IReadOnlyList<(long Id, ChangeKind Change)>> ReadChangedAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            """
            SELECT movie_id, MAX(CASE WHEN since = $1 THEN 1 ELSE 0 END), MAX(CASE WHEN until = $1 THEN 1 ELSE 0 END)
            FROM movie WHERE since = $1 OR until = $1 GROUP BY movie_id ORDER BY movie_id
            """,
            row => (row.GetInt64(0), (GetNumber(row, 1), GetNumber(row, 2)) switch
            {
                (1, 0) => ChangeKind.Added,
                (1, _) => ChangeKind.Changed,
                _ => ChangeKind.Removed,
            }),
            cancellationToken,
            snapshotId).ConfigureAwait(false);

    /// <summary>Returns all movies of a snapshot with their content hashes, sorted by ID.</summary>
    public static async Task<IReadOnlyList<(long Id, long Hash)>> ReadAllAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"SELECT movie_id, content_hash FROM movie WHERE {AsOf.Build("")} ORDER BY movie_id",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            snapshotId).ConfigureAwait(false);

    private static int GetNumber(DbDataReader row, int column) => Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);
}

/// <summary>How a snapshot changed a movie.</summary>
public enum ChangeKind
{
    Added,
    Changed,
    Removed,
}
