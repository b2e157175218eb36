namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The numbered states of the ledger: what each load brought, and what differs between two.</summary>
internal static class SnapshotPages
{
    public const string Address = "/snapshots";

    public static PageDefinition Snapshots { get; } = new()
    {
        Path = Address,
        Nav = new NavItem("Snapshots", Address, 60),
        HasTimeline = false,

        // A load that published nothing is told of, too.
        IsLive = true,
        ReadContent = async (request, cancellationToken) =>
            new PageContent("Snapshots", typeof(SnapshotsPage), await SnapshotsModel.ReadAsync(request, cancellationToken)) { HasCharts = true },
    };

    public static PageDefinition Differences { get; } = new()
    {
        Path = SnapshotDiffSearch.Address,
        Parameters = SnapshotDiffSearch.Parameters,
        HasTimeline = false,

        // Snapshots may be pruned, which makes no new one.
        IsLive = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await SnapshotDiffModel.ReadAsync(request, cancellationToken);
            return new PageContent($"Snapshot {model.Search.A} to {model.Search.B}", typeof(SnapshotDiffPage), model);
        },
    };
}
