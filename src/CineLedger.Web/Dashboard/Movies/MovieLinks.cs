using System.Globalization;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>Addresses of movie pages: of one movie, and of the movies behind a number.</summary>
internal static class MovieLinks
{
    public const string ListPath = "/movies";

    public static string GetMoviePath(PageState state, long movieId) => state.GetLink(string.Create(CultureInfo.InvariantCulture, $"{ListPath}/{movieId}"));

    /// <summary>Returns the address of the movies in the year range that match the filters of <c>/api/v1/movies</c>: company, genre, where.</summary>
    public static string GetListPath(PageState state, params ReadOnlySpan<(string Name, string? Value)> filters) => state.GetLink(ListPath, filters);

    /// <summary>Returns the address of the matching movies of one year.</summary>
    public static string GetListPath(PageState state, long year, params ReadOnlySpan<(string Name, string? Value)> filters) =>
        (state with { From = (int)year, To = (int)year }).GetLink(ListPath, filters);

    /// <summary>Returns the filter for totals by year, which exclude movies without a date even when the year range is not restricted.</summary>
    public static (string, string?) GetDatedFilter(PageState state) => ("where", state.HasYearRange ? null : "year is known");

    /// <summary>Returns the page of a name, or the list of its movies when such names have no pages.</summary>
    /// <param name="state">The state of the page.</param>
    /// <param name="section"><c>companies</c> or <c>genres</c>.</param>
    /// <param name="dimension"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">The name as in the dataset.</param>
    public static string GetNamePath(PageState state, string section, string dimension, string name) =>
        DashboardPages.HasPage(section) ? state.GetLink(PageState.GetPath(section, name)) : GetListPath(state, (dimension, PageQuery.ToExact(dimension, name)));
}
