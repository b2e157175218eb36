namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The start page: a summary of the ledger.</summary>
internal static class OverviewPages
{
    public static PageDefinition Overview { get; } = new()
    {
        Path = "/",
        Nav = new NavItem("Overview", "/", 0),
        HasDefaultYears = true,
        RangePath = "/",
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await OverviewModel.ReadAsync(request, cancellationToken);
            return new PageContent("Overview", typeof(OverviewPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
