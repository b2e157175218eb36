using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>
/// How far the ledger's changes have been published to a topic, and who publishes them: one server at a time, for as long as its lease runs. What it
/// held that died is another's then. Connections come from <see cref="LedgerPool.RentWriterAsync"/>, times are of the clock that all share.
/// </summary>
public static class ChangeFeedRows
{
    /// <summary>PostgreSQL's unique_violation. In a file one process alone writes.</summary>
    private const string AlreadyThere = "23505";

    /// <summary>Takes or renews the lease.</summary>
    /// <param name="connection">For small tables.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="node">Who asks; no other process has this name.</param>
    /// <param name="now">By the ledger's clock.</param>
    /// <param name="until">The end of the lease.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Whether it is this node's, and the newest snapshot that the topic has everything of, null before the first.</returns>
    public static async Task<(bool IsOurs, int? Published)> ClaimAsync(
        DbConnection connection, string topic, string node, DateTime now, DateTime until, CancellationToken cancellationToken)
    {
        var taken = await connection.ExecuteAsync(
            "UPDATE change_feed SET node = $2, leased_until = $4, updated_at = $3 WHERE topic = $1 AND (node = $2 OR leased_until <= $3)", cancellationToken, topic, node, now, until)
            .ConfigureAwait(false);
        if (taken == 0)
        {
            try
            {
                await connection.ExecuteAsync(
                    "INSERT INTO change_feed (topic, node, leased_until, updated_at) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($4 AS TIMESTAMP), CAST($3 AS TIMESTAMP) WHERE NOT EXISTS (SELECT 1 FROM change_feed WHERE topic = $1)",
                    cancellationToken, topic, node, now, until).ConfigureAwait(false);
            }
            catch (DbException error) when (error.SqlState == AlreadyThere)
            {
                // Of two that come first one is quicker: its row is there.
            }
        }

        var rows = await connection.QueryAsync(
            "SELECT node, snapshot_id FROM change_feed WHERE topic = $1",
            row => (row.GetString(0) == node, row.IsDBNull(1) ? (int?)null : row.GetInt32(1)),
            cancellationToken,
            topic).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Writes down that the topic has everything up to a snapshot; false where another node has the lease by now, and nothing was written.</summary>
    public static async Task<bool> AdvanceAsync(DbConnection connection, string topic, string node, int snapshotId, DateTime now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE change_feed SET snapshot_id = $3, updated_at = $4 WHERE topic = $1 AND node = $2", cancellationToken, topic, node, snapshotId, now).ConfigureAwait(false) == 1;

    /// <summary>Gives the lease back, so that another need not wait for its end.</summary>
    public static Task ReleaseAsync(DbConnection connection, string topic, string node, DateTime now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("UPDATE change_feed SET leased_until = $3 WHERE topic = $1 AND node = $2", cancellationToken, topic, node, now);

    /// <summary>Movies that a snapshot added, changed or removed, by id.</summary>
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

    /// <summary>All movies as of a snapshot with their fingerprints, by id.</summary>
    public static async Task<IReadOnlyList<(long Id, long Hash)>> ReadAllAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"SELECT movie_id, content_hash FROM movie WHERE {AsOf.Build("")} ORDER BY movie_id",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            snapshotId).ConfigureAwait(false);

    private static int GetNumber(DbDataReader row, int column) => Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);
}

/// <summary>What a snapshot did to a movie.</summary>
public enum ChangeKind
{
    Added,
    Changed,
    Removed,
}
