using CineLedger.Web.Dashboard.Assets;
using CineLedger.Web.Dashboard.Companies;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Genres;
using CineLedger.Web.Dashboard.Overview;
using CineLedger.Web.Dashboard.Quality;
using CineLedger.Web.Dashboard.Snapshots;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Dashboard;

/// <summary>All pages of the dashboard.</summary>
internal static class DashboardPages
{
    public static IReadOnlyList<PageDefinition> All { get; } =
    [
        OverviewPages.Overview,
        CompanyPages.Companies,
        CompanyPages.Company,
        ExplorePages.Explore,
        GenrePages.Genres,
        GenrePages.Genre,
        MoviePages.Movies,
        MoviePages.Movie,
        QualityPages.Quality,
        QualityPages.Findings,
        SnapshotPages.Snapshots,
        SnapshotPages.Differences,
    ];

    /// <summary>What the navigation lists.</summary>
    public static IReadOnlyList<NavItem> Navigation { get; } = [.. All.Select(page => page.Nav).OfType<NavItem>().OrderBy(entry => entry.Order)];

    /// <summary>Where the search of the masthead leads; null while there is no such page.</summary>
    public static string? SearchAddress { get; } = All.FirstOrDefault(page => page.Path == "/companies")?.Path;

    /// <summary>Whether names of a section, <c>companies</c> for one, have a page to link to.</summary>
    public static bool HasPage(string section) => All.Any(page => page.Path.StartsWith($"/{section}/{{", StringComparison.Ordinal));

    public static void Add(IServiceCollection services) => services.AddSingleton<PageRenderer>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        AssetEndpoints.Map(endpoints);
        foreach (var page in All)
        {
            PageEndpoint.Map(endpoints, page);
        }
    }
}
