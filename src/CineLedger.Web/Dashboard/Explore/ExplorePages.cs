namespace CineLedger.Web.Dashboard.Explore;

/// <summary>The page for any query of the query model, built with a form or given as an address of the API.</summary>
internal static class ExplorePages
{
    public static PageDefinition Explore { get; } = new()
    {
        Path = ExploreAddress.Path,
        Nav = new NavItem("Explore", ExploreAddress.Path, 30),
        Parameters = ExploreAddress.Parameters,
        ReadAddress = values => ExploreAddress.Read(values).ToPageAddress(),
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await ExploreModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Title, typeof(ExplorePage), model)
            {
                HasCharts = model.Result?.Chart is not null,
                Status = model.Problem?.Status ?? 200,
                Coverage = model.Result?.Coverage,
            };
        },
    };
}
