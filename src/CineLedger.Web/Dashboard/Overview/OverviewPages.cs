namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The first page: what the ledger says in a minute.</summary>
internal static class OverviewPages
{
    public static Page Overview { get; } = new()
    {
        Path = "/",
        Nav = new NavEntry("Overview", "/", 0),
        Read = async (request, cancellationToken) =>
        {
            var model = await OverviewModel.ReadAsync(request, cancellationToken);
            return new PageContent("Overview", typeof(OverviewPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
