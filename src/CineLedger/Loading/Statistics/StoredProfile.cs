using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading.Statistics;

/// <summary>Stores the profile of the snapshot that a load publishes, as far as the load has counted it or the previous snapshot has the same data.</summary>
internal static class StoredProfile
{
    private static readonly (string Name, string Table, string Names, Func<RelatedCounts, NameCounts> Get)[] Related =
    [
        (LinkProfile.Cast, RelatedTables.People, "person", counts => counts.Cast),
        (LinkProfile.Crew, RelatedTables.People, "person", counts => counts.Crew),
        (LinkProfile.Keywords, RelatedTables.Keywords, "keyword", counts => counts.Keywords),
    ];

    /// <param name="connection">The connection on which the new rows are visible and the replaced ones ended.</param>
    /// <param name="load">The load.</param>
    /// <param name="movies">Its movies.</param>
    /// <param name="related">Its related data.</param>
    /// <param name="before">The previous snapshot; null for a first load.</param>
    /// <param name="snapshot">The new snapshot.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task WriteAsync(
        DbConnection connection, LedgerLoad load, MovieFileLoad movies, RelatedLoads related, Snapshot? before, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var previous = before is null ? new Dictionary<string, ProfilePart>() : await ProfileRows.ReadAsync(connection, before.Id, cancellationToken).ConfigureAwait(false);
        List<ProfilePart> parts = movies.Statistics is { } statistics
            ? [.. await statistics.CreatePartsAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false)]
            : movies.CountChanges().IsEmpty ? [.. previous.Values.Where(part => Related.All(link => part.Name != ProfilePart.GetLinkName(link.Name)))] : [];
        foreach (var (name, table, names, get) in Related)
        {
            var file = related.Find(table);
            if (file is { IsWholeTable: true })
            {
                if (get(load.Counts).Summarize() is { Entries: > 0 } found)
                {
                    parts.Add(ProfilePart.CreateLink(await SnapshotStatistics.CreateLinkAsync(
                        name, found, names, "d.name", ValueStatistics.MaxFrequent, snapshot.Movies, connection, cancellationToken).ConfigureAwait(false)));
                }
            }
            else if (file is not { HasChanges: true } && movies.Missing == 0 && previous.TryGetValue(ProfilePart.GetLinkName(name), out var part))
            {
                var link = part.ReadLink();
                parts.Add(ProfilePart.CreateLink(link with { Unknown = snapshot.Movies - link.Known }));
            }
        }

        await ProfileRows.InsertAsync(connection, snapshot.Id, parts, cancellationToken).ConfigureAwait(false);
    }
}
