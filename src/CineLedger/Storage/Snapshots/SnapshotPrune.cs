using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// Folds the history before the oldest snapshot that is kept away. Kept snapshots keep their numbers and everything that can be asked
/// of them: only movies' versions go that ended before the oldest of them, and what belongs to the older snapshots alone. The rows that
/// stay are not touched, so a movie's <c>since</c> may name a snapshot that is gone; names keep their numbers, with or without movies.
/// </summary>
public static class SnapshotPrune
{
    /// <summary>
    /// Keeps the <paramref name="keep"/> newest snapshots of a ledger that is open for writing. Throws <see cref="UsageException"/> for
    /// less than one, and <see cref="LedgerException"/> where there is no snapshot at all.
    /// </summary>
    public static async Task<PruneSummary> RunAsync(Ledger ledger, int keep, CancellationToken cancellationToken)
    {
        if (keep < 1)
        {
            throw new UsageException("--keep: the newest snapshot is what the ledger answers from; write 1 or more.");
        }

        await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false);
        var published = await SnapshotRows.ListAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        var oldest = published[Math.Max(0, published.Count - keep)].Id;
        var removed = published.Count(snapshot => snapshot.Id < oldest);
        return removed == 0
            ? new PruneSummary(0, 0, oldest, published[^1].Id)
            : await ledger.WriteAsync(
                async () => new PruneSummary(
                    removed, await DeleteVersionsBeforeAsync(ledger, oldest, cancellationToken).ConfigureAwait(false), oldest, published[^1].Id),
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes what no snapshot from <paramref name="oldest"/> on holds; returns how many versions of movies that were.</summary>
    private static async Task<int> DeleteVersionsBeforeAsync(Ledger ledger, int oldest, CancellationToken cancellationToken)
    {
        var versions = 0;
        await ledger.PrepareRewriteAsync(cancellationToken).ConfigureAwait(false);
        await ledger.RunInTransactionAsync(
            async () =>
            {
                // What Citus holds whole on every node it wants written before what it spreads over them.
                foreach (var table in (string[])["snapshot", "source_version", "snapshot_source", "finding"])
                {
                    await ExecuteAsync($"DELETE FROM {table} WHERE snapshot_id < $1").ConfigureAwait(false);
                }

                // Links before movies: they know of their end by their movie's row alone.
                foreach (var links in RelatedWriter.LinkTables)
                {
                    await ExecuteAsync(
                        $"""
                        DELETE FROM {links} WHERE EXISTS (
                            SELECT 1 FROM movie m WHERE m.movie_id = {links}.movie_id AND m.since = {links}.since AND m.until <= $1)
                        """).ConfigureAwait(false);
                }

                foreach (var relatedTable in RelatedTables.All)
                {
                    await ExecuteAsync($"DELETE FROM {relatedTable} WHERE until <= $1").ConfigureAwait(false);
                }

                versions = await ExecuteAsync("DELETE FROM movie WHERE until <= $1").ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await ledger.ReclaimSpaceAsync(cancellationToken).ConfigureAwait(false);
        return versions;

        Task<int> ExecuteAsync(string sql) => ledger.Connection.ExecuteAsync(sql, cancellationToken, oldest);
    }
}

/// <summary>What a prune took away.</summary>
/// <param name="Snapshots">How many snapshots went.</param>
/// <param name="Versions">How many versions of movies went with them.</param>
/// <param name="Oldest">The oldest snapshot that is kept.</param>
/// <param name="Newest">The newest.</param>
public sealed record PruneSummary(int Snapshots, int Versions, int Oldest, int Newest);
