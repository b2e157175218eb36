using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Comparison;

/// <summary>The page that compares companies, studios or other names of one kind.</summary>
internal static class ComparePages
{
    public const string Address = "/compare";

    /// <summary>The measures that can be compared; the first one is the default.</summary>
    public static IReadOnlyList<string> Measures { get; } =
        ["revenue", "share(revenue)", "budget", "matched_profit", "roi", "releases", "share(releases)", "popularity", "vote_average"];

    public static Parameter<string?> Kind { get; } = Parameter.CreateEnum("kind", [.. NameKind.All.Select(kind => kind.Dimension)], "The kind of the names.");

    public static Parameter<IReadOnlyList<string>> Names { get; } = Parameter.CreateTexts("name", "The names to compare.");

    public static Parameter<string?> Measure { get; } = Parameter.CreateEnum("measure", Measures, "The measure to compare.");

    /// <summary>The names that the page of a company or studio was compared with in version 0.1.</summary>
    public static Parameter<IReadOnlyList<string>> With { get; } = Parameter.CreateTexts("with", "Names to compare with; shows the page Compare.");

    public static PageDefinition Compare { get; } = new()
    {
        Path = Address,
        Nav = new NavItem("Compare", Address, 35),
        Parameters = [Kind, Names, Measure],
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await NameComparison.ReadAsync(request, cancellationToken);
            return new PageContent(model.Title, typeof(ComparePage), model) { HasCharts = model.Names.Count > 0 };
        },
    };

    /// <summary>Returns a redirection to the comparison that an old address of a page shows; null for other addresses.</summary>
    public static PageContent? FindRedirect(PageRequest request, NameKind kind, string name) => request.Values.Get(With) is { Count: > 0 } others
        ? new(name, typeof(ComparePage), request) { RedirectTo = GetLink(request.State.ForOtherPages, kind, [name, .. others]) }
        : null;

    /// <summary>Returns the address of the comparison of some names.</summary>
    public static string GetLink(PageState state, NameKind kind, params IEnumerable<string> names) =>
        state.GetLink(Address, [("kind", kind.Dimension), .. names.Select(name => ("name", (string?)name))]);
}
