using System.Globalization;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>Addresses of movies: of one, and of those that a number was made of.</summary>
internal static class MovieLinks
{
    public const string ListPath = "/movies";

    public static string GetMoviePath(PageState state, long movieId) => state.GetLink(string.Create(CultureInfo.InvariantCulture, $"{ListPath}/{movieId}"));

    /// <summary>The movies of the span that fulfil the filters, which are those of <c>/api/v1/movies</c>: company, genre, where.</summary>
    public static string GetListPath(PageState state, params ReadOnlySpan<(string Name, string? Value)> filters) => state.GetLink(ListPath, filters);

    /// <summary>Likewise of one year.</summary>
    public static string GetListPath(PageState state, long year, params ReadOnlySpan<(string Name, string? Value)> filters) =>
        (state with { From = (int)year, To = (int)year }).GetLink(ListPath, filters);

    /// <summary>For sums by year, which leave out movies without a date even where the span is not narrowed.</summary>
    public static (string, string?) GetDatedFilter(PageState state) => ("where", state.HasSpan ? null : "year is known");

    /// <summary>The page of a name, or its movies where names have none.</summary>
    /// <param name="state">The page's.</param>
    /// <param name="section"><c>companies</c> or <c>genres</c>.</param>
    /// <param name="dimension"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">As the dataset has it.</param>
    public static string GetNamePath(PageState state, string section, string dimension, string name) =>
        DashboardPages.HasPage(section) ? state.GetLink(PageState.GetPath(section, name)) : GetListPath(state, (dimension, name));
}
