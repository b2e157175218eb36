using CineLedger.Web.Dashboard.Comparison;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The page that compares all genres, and the page of one genre.</summary>
internal static class GenrePages
{
    public static PageDefinition Genres { get; } = new()
    {
        Path = "/genres",
        Nav = new NavItem("Genres", "/genres", 20),
        Parameters = [GenreParameters.Measure],
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
            new PageContent("Genres", typeof(GenresPage), await GenresModel.ReadAsync(request, cancellationToken)) { HasCharts = true },
    };

    public static PageDefinition Genre { get; } = new()
    {
        Path = "/genres/{name}",
        Parameters = [GenreParameters.Name, ComparePages.With],
        ReadTimelineFilter = NameKind.Genre.CreateTimelineFilter(GenreParameters.Name),
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var (name, names) = (request.Values.Get(GenreParameters.Name)!, await GenreModel.ReadNamesAsync(request, cancellationToken));
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                return await UnknownName.CreatePageAsync(request, NameKind.Genre, name, names, cancellationToken);
            }

            if (ComparePages.FindRedirect(request, NameKind.Genre, name) is { } comparison)
            {
                return comparison;
            }

            return (await GenreModel.ReadAsync(request, name, cancellationToken)).CreatePage();
        },
    };
}
