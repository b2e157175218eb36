namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The numbered states of the ledger: what each load brought, and what differs between two.</summary>
internal static class SnapshotPages
{
    public const string Address = "/snapshots";

    public static Page Snapshots { get; } = new()
    {
        Path = Address,
        Nav = new NavEntry("Snapshots", Address, 60),
        HasSpine = false,

        // A load that published nothing is told of, too.
        IsLive = true,
        Read = async (request, cancellationToken) =>
            new PageContent("Snapshots", typeof(SnapshotsPage), await SnapshotsModel.ReadAsync(request, cancellationToken)) { HasCharts = true },
    };

    public static Page Differences { get; } = new()
    {
        Path = DifferenceSearch.Address,
        Parameters = DifferenceSearch.Parameters,
        HasSpine = false,

        // Snapshots may be pruned, which makes no new one.
        IsLive = true,
        Read = async (request, cancellationToken) =>
        {
            var model = await DifferencesModel.ReadAsync(request, cancellationToken);
            return new PageContent($"Snapshot {model.Search.A} to {model.Search.B}", typeof(DifferencesPage), model);
        },
    };
}
