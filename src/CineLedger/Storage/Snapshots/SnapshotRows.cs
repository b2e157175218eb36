using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Snapshots;

/// <summary>The table of snapshots.</summary>
public static class SnapshotRows
{
    private const string Columns =
        "snapshot_id, source, source_version, synthetic, started_at, published_at, records, movies, undated, added, changed, removed";

    /// <summary>Returns all published snapshots, oldest first.</summary>
    public static async Task<IReadOnlyList<Snapshot>> ListAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"SELECT {Columns} FROM snapshot WHERE state = 'published' ORDER BY snapshot_id", Read, cancellationToken).ConfigureAwait(false);

    /// <summary>Returns at most <paramref name="max"/> snapshots published after the given one, oldest first.</summary>
    public static async Task<IReadOnlyList<Snapshot>> ReadAfterAsync(DbConnection connection, int after, int max, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"SELECT {Columns} FROM snapshot WHERE state = 'published' AND snapshot_id > $1 ORDER BY snapshot_id LIMIT $2", Read, cancellationToken, after, max)
            .ConfigureAwait(false);

    /// <summary>Returns the newest published snapshot, or null if nothing has been loaded.</summary>
    public static async Task<Snapshot?> FindLatestAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"SELECT {Columns} FROM snapshot WHERE state = 'published' ORDER BY snapshot_id DESC LIMIT 1", Read, cancellationToken)
            .ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>Returns the snapshot with a number, or the newest for null. Throws if there is none.</summary>
    public static async Task<Snapshot> FindAsync(DbConnection connection, int? id, CancellationToken cancellationToken)
    {
        var newest = await FindLatestAsync(connection, cancellationToken).ConfigureAwait(false)
            ?? throw new LedgerException("the ledger has no snapshot yet: load a dataset first (cineledger load SOURCE).");
        if (id is null || id == newest.Id)
        {
            return newest;
        }

        return await TryFindAsync(connection, id.Value, cancellationToken).ConfigureAwait(false)
            ?? throw new UsageException($"there is no snapshot {id}: the newest is {newest.Id} (cineledger snapshots list shows all).");
    }

    /// <summary>Returns the published snapshot with a number, or null.</summary>
    public static async Task<Snapshot?> TryFindAsync(DbConnection connection, int id, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"SELECT {Columns} FROM snapshot WHERE state = 'published' AND snapshot_id = $1", Read, cancellationToken, id).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <param name="connection">Open for writing; the tables hold the snapshot's rows.</param>
    /// <param name="snapshot">The snapshot to insert; its ratings are counted here.</param>
    /// <param name="merged">Whether movies missing from the source were kept.</param>
    /// <param name="files">Names of the files that were read; null if none were.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="ratingsOf">A snapshot that has the same ratings; null to count them.</param>
    internal static async Task InsertAsync(
        DbConnection connection, Snapshot snapshot, bool merged, string? files, CancellationToken cancellationToken, int? ratingsOf = null)
    {
        var ratings = ratingsOf is null
            ? await connection.ExecuteScalarAsync(
                "SELECT CAST(SUM(ratings) AS BIGINT) FROM movie_rating WHERE until IS NULL AND since <= $1", cancellationToken, snapshot.Id).ConfigureAwait(false)
            : await connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = $1", cancellationToken, ratingsOf).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            INSERT INTO snapshot (snapshot_id, source, source_version, synthetic, merged, started_at, published_at, state, records, movies, undated,
                                  added, changed, removed, files, ratings)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'published', $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            cancellationToken,
            [
                snapshot.Id, snapshot.Source, snapshot.SourceVersion, snapshot.Synthetic, merged, snapshot.StartedAt, snapshot.PublishedAt,
                snapshot.Records, snapshot.Movies, snapshot.Undated, snapshot.Added, snapshot.Changed, snapshot.Removed, files, ratings,
            ]).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the version of <paramref name="source"/> that the newest snapshot holds completely. Returns null if the newest snapshot comes from
    /// another source or from a merge, so that a source is fetched again after another load.
    /// </summary>
    public static async Task<string?> FindKnownVersionAsync(DbConnection connection, string source, CancellationToken cancellationToken) =>
        (string?)await connection.ExecuteScalarAsync(
            """
            SELECT v.version FROM source_version v JOIN snapshot s ON s.snapshot_id = v.snapshot_id
            WHERE v.source = $1 AND NOT s.merged
              AND s.snapshot_id = (SELECT MAX(p.snapshot_id) FROM snapshot p WHERE p.state = 'published')
            """,
            cancellationToken,
            source).ConfigureAwait(false);

    /// <summary>Records the version of its source that a snapshot holds.</summary>
    public static async Task RecordVersionAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("DELETE FROM source_version WHERE source = $1", cancellationToken, snapshot.Source).ConfigureAwait(false);
        if (snapshot.SourceVersion is not null)
        {
            await connection.ExecuteAsync(
                "INSERT INTO source_version VALUES ($1, $2, $3)", cancellationToken, snapshot.Source, snapshot.SourceVersion, snapshot.Id)
                .ConfigureAwait(false);
        }
    }

    private static DateTime GetUtc(DbDataReader row, int column) => DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);

    private static Snapshot Read(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetText(2), row.GetBoolean(3), GetUtc(row, 4), GetUtc(row, 5),
        row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11));
}
