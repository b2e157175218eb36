using CineLedger.Web.Companies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Genres;

/// <summary>Genres by name.</summary>
internal static class GenreEndpoints
{
    public static void MapGenres(this RouteGroupBuilder api) => api.MapNames("/genres", "genre", "Animation")
        .WithSummary("Genres, with their number of movies and first and last year");
}
