using CineLedger.Web.Dashboard.Assets;
using CineLedger.Web.Dashboard.Collections;
using CineLedger.Web.Dashboard.Companies;
using CineLedger.Web.Dashboard.Comparison;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Dashboard.Genres;
using CineLedger.Web.Dashboard.Help;
using CineLedger.Web.Dashboard.Load;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Overview;
using CineLedger.Web.Dashboard.People;
using CineLedger.Web.Dashboard.Quality;
using CineLedger.Web.Dashboard.Search;
using CineLedger.Web.Dashboard.Snapshots;
using CineLedger.Web.Dashboard.Studios;
using CineLedger.Web.Dashboard.Years;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Dashboard;

/// <summary>All pages of the dashboard.</summary>
internal static class DashboardPages
{
    public static IReadOnlyList<PageDefinition> All { get; } =
    [
        OverviewPages.Overview,
        StudioPages.Studios,
        StudioPages.Studio,
        CompanyPages.Companies,
        CompanyPages.Company,
        PeoplePages.Person,
        CollectionPages.Collection,
        YearPages.Year,
        ExplorePages.Explore,
        GenrePages.Genres,
        GenrePages.Genre,
        MoviePages.Movies,
        MoviePages.Movie,
        QualityPages.Quality,
        QualityPages.Findings,
        SnapshotPages.Snapshots,
        SnapshotPages.Differences,
        SearchPages.Search,
        ComparePages.Compare,
        HelpPages.Help,
    ];

    /// <summary>The entries of the navigation, in order.</summary>
    public static IReadOnlyList<NavItem> Navigation { get; } = [.. All.Select(page => page.Nav).OfType<NavItem>().OrderBy(entry => entry.Order)];

    /// <summary>Returns whether the names of a section, such as <c>companies</c>, have their own pages.</summary>
    public static bool HasPage(string section) => All.Any(page => page.Path.StartsWith($"/{section}/{{", StringComparison.Ordinal));

    public static void Add(IServiceCollection services) => services.AddSingleton<PageRenderer>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        AssetEndpoints.Map(endpoints);
        foreach (var page in All)
        {
            PageEndpoint.Map(endpoints, page);
        }

        MoviePages.MapRedirects(endpoints);
        EntityLists.Map(endpoints);
        LoadPages.Map(endpoints);
    }
}
