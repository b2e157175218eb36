namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The list of snapshots and loads, and the differences between two snapshots.</summary>
internal static class SnapshotPages
{
    public const string Address = "/snapshots";

    public static PageDefinition Snapshots { get; } = new()
    {
        Path = Address,
        Nav = new NavItem("Snapshots", Address, 60),
        HasTimeline = false,

        // The page also lists loads that published no snapshot.
        IsLive = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await SnapshotsModel.ReadAsync(request, cancellationToken);
            return new PageContent("Snapshots", typeof(SnapshotsPage), model) { HasCharts = model.Chart is not null };
        },
    };

    public static PageDefinition Differences { get; } = new()
    {
        Path = SnapshotDiffSearch.Address,
        Parameters = SnapshotDiffSearch.Parameters,
        HasTimeline = false,

        // Pruning removes snapshots without publishing a new one.
        IsLive = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await SnapshotDiffModel.ReadAsync(request, cancellationToken);
            return new PageContent($"Snapshot {model.Search.A} to {model.Search.B}", typeof(SnapshotDiffPage), model);
        },
    };
}
