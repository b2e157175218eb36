using CineLedger.Model;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Studios;

/// <summary>Replaces a ledger's studios by publishing a snapshot that has the same movies.</summary>
public static class StudioImport
{
    /// <summary>
    /// Publishes a list of studios. Returns the snapshot, or null if the newest one has the same list. Throws <see cref="LedgerException"/> if the ledger has no snapshot.
    /// </summary>
    /// <param name="ledger">Open for writing.</param>
    /// <param name="lines">A list without problems; see <see cref="StudioListChecks"/>.</param>
    /// <param name="source">Where the list comes from, as snapshots show it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<Snapshot?> RunAsync(Ledger ledger, IReadOnlyList<StudioLine> lines, string source, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var before = await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false);
        return await ledger.WriteAsync(() => PublishAsync(ledger, before, lines, source, startedAt, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Snapshot?> PublishAsync(
        Ledger ledger, Snapshot before, IReadOnlyList<StudioLine> lines, string source, DateTime startedAt, CancellationToken cancellationToken)
    {
        await UnpublishedSnapshots.ClearAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        var known = await StudioRows.ReadLinesAsync(ledger.Connection, before.Id, cancellationToken).ConfigureAwait(false);
        if (known.ToHashSet().SetEquals(lines))
        {
            return null;
        }

        var snapshot = before with
        {
            Id = before.Id + 1,
            Source = source,
            SourceVersion = null,
            StartedAt = startedAt,
            PublishedAt = DateTime.UtcNow,
            Records = 0,
            Added = 0,
            Changed = 0,
            Removed = 0,
        };
        await UnpublishedSnapshots.BeginAsync(ledger.Connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        await ledger.RunInTransactionAsync(
            async () =>
            {
                await StudioRows.UpdateAsync(ledger, lines, snapshot.Id, hasNewCompanies: false, cancellationToken).ConfigureAwait(false);
                await InsertSnapshotAsync(ledger, before, snapshot, cancellationToken).ConfigureAwait(false);
                await ProfileRows.CopyAsync(ledger.Connection, before.Id, snapshot.Id, cancellationToken).ConfigureAwait(false);
                await TotalRows.WriteAsync(ledger, snapshot, cancellationToken).ConfigureAwait(false);
                await UnpublishedSnapshots.EndAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
                await ledger.AnnounceAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return snapshot;
    }

    /// <summary>Inserts the snapshot. Its movies are still those of the version of the source that the previous one holds, so that the source need not be fetched again.</summary>
    private static async Task InsertSnapshotAsync(Ledger ledger, Snapshot before, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var connection = ledger.Connection;
        var merged = (bool)(await connection.ExecuteScalarAsync("SELECT merged FROM snapshot WHERE snapshot_id = $1", cancellationToken, before.Id).ConfigureAwait(false))!;
        await SnapshotRows.InsertAsync(connection, snapshot, merged, files: null, cancellationToken, ratingsOf: before.Id).ConfigureAwait(false);
        await connection.ExecuteAsync("UPDATE source_version SET snapshot_id = $2 WHERE snapshot_id = $1", cancellationToken, before.Id, snapshot.Id).ConfigureAwait(false);
    }
}
