using System.Globalization;

namespace CineLedger.Web.Dashboard;

/// <summary>Where films have their pages.</summary>
internal static class FilmLinks
{
    private static readonly bool HasPages = DashboardPages.All.Any(page => page.Path == "/films/{id}");

    /// <summary>The page of a film; null where there are no such pages.</summary>
    public static string? Of(PageState state, long id) => HasPages ? state.Link(string.Create(CultureInfo.InvariantCulture, $"/films/{id}")) : null;
}
