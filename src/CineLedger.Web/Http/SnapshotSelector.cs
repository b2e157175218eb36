using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>Selects the snapshot for a response.</summary>
internal sealed class SnapshotSelector(LedgerPool pool, LedgerReaders readers)
{
    private const string DefaultHint = "; /api/v1/snapshots lists all.";

    /// <summary>
    /// Returns the requested snapshot; without one, the newest, which is never older than the one the client has seen. Throws <see cref="ProblemException"/>.
    /// </summary>
    /// <param name="named">The requested snapshot; null for the newest.</param>
    /// <param name="seen">The newest snapshot that the client has seen; null when unknown.</param>
    /// <param name="hint">The end of the message when the snapshot does not exist.</param>
    /// <param name="cancellationToken">Canceled when the client disconnects.</param>
    public async Task<Snapshot> SelectAsync(int? named, int? seen, CancellationToken cancellationToken, string hint = DefaultHint)
    {
        var newest = pool.Newest;
        var min = named ?? seen;
        if (newest is null || newest.Id < min)
        {
            newest = await readers.RefreshAsync(min, cancellationToken) ?? throw Problems.NoSnapshotYet();
        }

        if (newest.Id < seen && named is null)
        {
            throw Problems.InvalidParameter(CommonParameters.Seen.Name, $"there is no snapshot {seen} yet: the newest is {newest.Id}.");
        }

        if (named is not { } id || id == newest.Id)
        {
            return newest.WithoutPaths();
        }

        await using var reader = await readers.RentAsync(id, cancellationToken);
        return (await SnapshotRows.TryFindAsync(reader.Connection, id, cancellationToken))?.WithoutPaths()
            ?? throw Problems.NotFound($"there is no snapshot {id}: the newest is {newest.Id}{hint}");
    }
}
