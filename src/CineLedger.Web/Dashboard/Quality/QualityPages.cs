namespace CineLedger.Web.Dashboard.Quality;

/// <summary>How good the data is: what became of its records, what the cleaner did, how much is known.</summary>
internal static class QualityPages
{
    public const string Address = "/quality";

    public static Page Quality { get; } = new()
    {
        Path = Address,
        Nav = new NavEntry("Data quality", Address, 50),
        Read = async (request, cancellationToken) =>
        {
            var model = await QualityModel.ReadAsync(request, cancellationToken);
            return new PageContent("Data quality", typeof(QualityPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };

    public static Page Findings { get; } = new()
    {
        Path = FindingSearch.Address,
        Parameters = FindingSearch.Parameters,
        HasSpine = false,
        Read = async (request, cancellationToken) =>
            new PageContent("Findings", typeof(FindingsPage), await FindingsModel.ReadAsync(request, cancellationToken)),
    };
}
