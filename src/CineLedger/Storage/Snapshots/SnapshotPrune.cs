using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Studios;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// Deletes the history before the oldest kept snapshot. Kept snapshots keep their numbers and their complete content: only versions that ended
/// before the oldest kept snapshot are deleted, and rows that belong only to older snapshots. The remaining rows are not changed, so a movie's
/// <c>since</c> may refer to a deleted snapshot. Names keep their numbers, even without movies.
/// </summary>
public static class SnapshotPrune
{
    /// <summary>
    /// Keeps the <paramref name="keep"/> newest snapshots of a ledger that is open for writing. Throws <see cref="UsageException"/> if
    /// <paramref name="keep"/> is less than one, and <see cref="LedgerException"/> if the ledger has no snapshot.
    /// </summary>
    public static async Task<PruneSummary> RunAsync(Ledger ledger, int keep, CancellationToken cancellationToken)
    {
        if (keep < 1)
        {
            throw new UsageException("--keep must be 1 or more: readers need the newest snapshot.");
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

    /// <summary>Deletes rows that belong to no snapshot from <paramref name="oldest"/> on. Returns the number of deleted movie versions.</summary>
    private static async Task<int> DeleteVersionsBeforeAsync(Ledger ledger, int oldest, CancellationToken cancellationToken)
    {
        var versions = 0;
        await ledger.PrepareRewriteAsync(cancellationToken).ConfigureAwait(false);
        await ledger.RunInTransactionAsync(
            async () =>
            {
                // Citus requires writes to reference tables before writes to distributed tables.
                foreach (var table in (string[])["snapshot", "source_version", "snapshot_source", "snapshot_figure", "snapshot_profile", TotalRows.Table, "finding"])
                {
                    await ExecuteAsync($"DELETE FROM {table} WHERE snapshot_id < $1").ConfigureAwait(false);
                }

                foreach (var table in StudioRows.Tables)
                {
                    await ExecuteAsync($"DELETE FROM {table} WHERE until <= $1").ConfigureAwait(false);
                }

                // Links before movies, because only the movie's row has the end of its version.
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

/// <summary>The result of a prune.</summary>
/// <param name="Snapshots">The number of deleted snapshots.</param>
/// <param name="Versions">The number of deleted movie versions.</param>
/// <param name="Oldest">The oldest kept snapshot.</param>
/// <param name="Newest">The newest snapshot.</param>
public sealed record PruneSummary(int Snapshots, int Versions, int Oldest, int Newest);
