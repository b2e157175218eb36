using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>Selects the snapshot that a request is answered as of.</summary>
internal sealed class SnapshotSelector(LedgerPool pool)
{
    private const string Where = "; /api/v1/snapshots lists all.";

    /// <summary>Returns the named snapshot; the newest, and none older than the caller has seen, when none is named. Throws <see cref="ProblemException"/>.</summary>
    /// <param name="named">The snapshot that the request names; null for the newest.</param>
    /// <param name="seen">The newest snapshot that the caller knows; null when it does not say.</param>
    /// <param name="end">The end of the sentence on a snapshot that does not exist.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<Snapshot> SelectAsync(int? named, int? seen, CancellationToken cancellationToken, string end = Where)
    {
        var newest = pool.Newest;
        var min = named ?? seen;
        if (newest is null || newest.Id < min)
        {
            newest = await pool.RefreshAsync(min, cancellationToken) ?? throw Problems.NoSnapshotYet();
        }

        if (newest.Id < seen && named is null)
        {
            throw Problems.InvalidParameter(CommonParameters.Seen.Name, $"there is no snapshot {seen} yet: the newest is {newest.Id}.");
        }

        if (named is not { } id || id == newest.Id)
        {
            return newest;
        }

        await using var reader = await pool.RentAsync(id, cancellationToken);
        return await SnapshotRows.TryFindAsync(reader.Connection, id, cancellationToken)
            ?? throw Problems.NotFound($"there is no snapshot {id}: the newest is {newest.Id}{end}");
    }
}
