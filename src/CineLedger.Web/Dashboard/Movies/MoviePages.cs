using CineLedger.Web.Movies;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The movies behind every number, and each of them.</summary>
internal static class MoviePages
{
    public static PageDefinition Movies { get; } = new()
    {
        Path = MovieLinks.ListPath,
        Nav = new NavItem("Movies", MovieLinks.ListPath, 40),
        Parameters = MovieListParameters.All,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await MovieListModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Title, typeof(MovieListPage), model) { Coverage = model.Coverage };
        },
    };

    public static PageDefinition Movie { get; } = new()
    {
        Path = MovieLinks.ListPath + "/{id}",
        Parameters = [MovieParameters.Id],
        HasTimeline = false,
        ReadContent = async (request, cancellationToken) =>
        {
            var id = request.Values.GetRequired(MovieParameters.Id);
            var history = await MovieHistory.ReadAsync(request, id, cancellationToken);
            return await MovieModel.TryReadAsync(request, id, history, cancellationToken) is { } movie
                ? new PageContent(movie.Title, typeof(MoviePage), movie) { HasCharts = movie.Ratings is not null }
                : new PageContent("A movie that is gone", typeof(RemovedMoviePage), new RemovedMovie(id, history)) { Status = 404 };
        },
    };
}
