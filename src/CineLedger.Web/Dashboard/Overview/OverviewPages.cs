namespace CineLedger.Web.Dashboard.Overview;

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
            // A year has a page of its own.
            if (request.State is { From: { } year } state && state.To == year)
            {
                return new PageContent("Overview", typeof(OverviewPage), request) { RedirectTo = state.GetLink(PageState.GetYearPath(year)) };
            }

            var model = await OverviewModel.ReadAsync(request, cancellationToken);
            return new PageContent("Overview", typeof(OverviewPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
