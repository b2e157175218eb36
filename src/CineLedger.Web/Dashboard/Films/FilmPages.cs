using CineLedger.Web.Movies;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>The films behind every number, and each of them.</summary>
internal static class FilmPages
{
    public static Page Films { get; } = new()
    {
        Path = FilmLinks.List,
        Nav = new NavEntry("Films", FilmLinks.List, 40),
        Parameters = FilmListParameters.All,
        Read = async (request, cancellationToken) =>
        {
            var model = await FilmListModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Title, typeof(FilmListPage), model) { Coverage = model.Coverage };
        },
    };

    public static Page Film { get; } = new()
    {
        Path = FilmLinks.List + "/{id}",
        Parameters = [MovieParameters.Id],
        HasSpine = false,
        Read = async (request, cancellationToken) =>
        {
            var id = request.Values.Need(MovieParameters.Id);
            var history = await FilmHistory.ReadAsync(request, id, cancellationToken);
            return await FilmModel.TryReadAsync(request, id, history, cancellationToken) is { } film
                ? new PageContent(film.Title, typeof(FilmPage), film) { HasCharts = film.Ratings is not null }
                : new PageContent("A film that is gone", typeof(FilmGonePage), new FilmGone(id, history)) { Status = 404 };
        },
    };
}
