using CineLedger.Model;

namespace CineLedger.Web.Events;

/// <summary>The data of the event for a new snapshot.</summary>
internal sealed record SnapshotEvent(
    int Snapshot, DateTime PublishedAt, string Source, bool Synthetic, long Movies, long Added, long Changed, long Removed)
{
    public static SnapshotEvent Create(Snapshot snapshot) => new(
        snapshot.Id, snapshot.PublishedAt, SourceName.RemovePaths(snapshot.Source), snapshot.Synthetic, snapshot.Movies, snapshot.Added, snapshot.Changed, snapshot.Removed);
}
