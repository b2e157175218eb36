using System.Globalization;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>Addresses of films: of one, and of those that a number was made of.</summary>
internal static class FilmLinks
{
    public const string List = "/films";

    public static string To(PageState state, long movieId) => state.Link(string.Create(CultureInfo.InvariantCulture, $"{List}/{movieId}"));

    /// <summary>The films of the span that fulfil the filters, which are those of <c>/api/v1/movies</c>: company, genre, where.</summary>
    public static string Behind(PageState state, params ReadOnlySpan<(string Name, string? Value)> filters) => state.Link(List, filters);

    /// <summary>Likewise of one year.</summary>
    public static string Behind(PageState state, long year, params ReadOnlySpan<(string Name, string? Value)> filters) =>
        (state with { From = (int)year, To = (int)year }).Link(List, filters);

    /// <summary>For sums by year, which leave out films without a date even where the span is not narrowed.</summary>
    public static (string, string?) Dated(PageState state) => ("where", state.HasSpan ? null : "year is known");

    /// <summary>The page of a name, or its films where names have none.</summary>
    /// <param name="state">The page's.</param>
    /// <param name="section"><c>companies</c> or <c>genres</c>.</param>
    /// <param name="dimension"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">As the dataset has it.</param>
    public static string Named(PageState state, string section, string dimension, string name) =>
        DashboardPages.Has(section) ? state.Link(PageState.Named(section, name)) : Behind(state, (dimension, name));
}
