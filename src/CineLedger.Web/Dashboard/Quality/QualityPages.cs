namespace CineLedger.Web.Dashboard.Quality;

/// <summary>The data quality page, and the list of findings.</summary>
internal static class QualityPages
{
    public const string Address = "/quality";

    public static PageDefinition Quality { get; } = new()
    {
        Path = Address,
        Nav = new NavItem("Data quality", Address, 50),
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await QualityModel.ReadAsync(request, cancellationToken);
            return new PageContent("Data quality", typeof(QualityPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };

    public static PageDefinition Findings { get; } = new()
    {
        Path = FindingSearch.Address,
        Parameters = FindingSearch.Parameters,
        HasTimeline = false,
        ReadContent = async (request, cancellationToken) =>
            new PageContent("Findings", typeof(FindingsPage), await FindingsModel.ReadAsync(request, cancellationToken)),
    };
}
