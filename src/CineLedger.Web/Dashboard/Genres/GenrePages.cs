namespace CineLedger.Web.Dashboard.Genres;

/// <summary>All genres beside each other, and each of them.</summary>
internal static class GenrePages
{
    public static Page Genres { get; } = new()
    {
        Path = "/genres",
        Nav = new NavEntry("Genres", "/genres", 20),
        Parameters = [GenreParameters.Measure],
        Read = async (request, cancellationToken) =>
            new PageContent("Genres", typeof(GenresPage), await GenresModel.ReadAsync(request, cancellationToken)) { HasCharts = true },
    };

    public static Page Genre { get; } = new()
    {
        Path = "/genres/{name}",
        Parameters = [GenreParameters.Name, GenreParameters.With],
        Read = async (request, cancellationToken) =>
        {
            var model = await GenreModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Name, typeof(GenrePage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
