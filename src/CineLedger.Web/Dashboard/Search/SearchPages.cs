using CineLedger.Reports.Search;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Search;

/// <summary>The page with the results of a search. With JavaScript, they are suggestions below the field, made from the same page.</summary>
internal static class SearchPages
{
    public const string Address = "/search";

    public static Parameter<string?> Text { get; } = Parameter.CreateText("q", "The text to search for, in names and titles.");

    public static Parameter<string?> Kind { get; } =
        Parameter.CreateEnum("kind", [.. SearchKind.All.Select(kind => kind.Name)], "Searches only this kind of names.");

    public static PageDefinition Search { get; } = new()
    {
        Path = Address,
        Parameters = [Text, Kind],
        HasTimeline = false,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await SearchModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Title, typeof(SearchPage), model);
        },
    };
}
