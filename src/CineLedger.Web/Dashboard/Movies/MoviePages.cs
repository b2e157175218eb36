using CineLedger.Web.Movies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The list of movies, and the page of one movie.</summary>
internal static class MoviePages
{
    /// <summary>The path of these pages in version 0.1.</summary>
    private const string OldListPath = "/films";

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
                : new PageContent("Removed movie", typeof(RemovedMoviePage), new RemovedMovie(id, history)) { Status = 404 };
        },
    };

    /// <summary>Redirects links and bookmarks of version 0.1 to the new addresses. Kept for one version.</summary>
    public static void MapRedirects(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(OldListPath + "/{id?}", [HttpMethods.Get, HttpMethods.Head], RedirectToMovies).ExcludeFromDescription();

    private static Task RedirectToMovies(HttpContext http)
    {
        var id = http.Request.RouteValues["id"] is string text ? "/" + Uri.EscapeDataString(text) : "";
        http.Response.Redirect(MovieLinks.ListPath + id + http.Request.QueryString.ToUriComponent(), permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }
}
