using CineLedger.Web.Assistants;
using CineLedger.Web.Commands;
using CineLedger.Web.Companies;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Docs;
using CineLedger.Web.Events;
using CineLedger.Web.Findings;
using CineLedger.Web.Genres;
using CineLedger.Web.Health;
using CineLedger.Web.Loads;
using CineLedger.Web.Movies;
using CineLedger.Web.Observability;
using CineLedger.Web.OpenApi;
using CineLedger.Web.Pushes;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;
using CineLedger.Web.Snapshots;
using CineLedger.Web.Sql;
using CineLedger.Web.Studios;
using CineLedger.Web.Uploads;
using CineLedger.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Hosting;

/// <summary>Maps all endpoints by feature. The OpenAPI document lists those of the API in the same order.</summary>
internal static class Endpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1");
        api.MapReports();
        api.MapQueries();
        api.MapCharts();
        api.MapMovies();
        api.MapCompanies();
        api.MapStudios();
        api.MapGenres();
        api.MapFindings();
        api.MapSnapshots();
        api.MapEvents();
        api.MapPushes();
        api.MapLoads();
        api.MapUploads();
        api.MapWebhooks();
        api.MapSql();
        CommandEndpoint.Map(endpoints);
        HealthEndpoints.Map(endpoints);
        ApiDocument.Map(endpoints);
        DocsPage.Map(endpoints);
        DashboardPages.Map(endpoints);
        Telemetry.Map(endpoints);
        AssistantServer.Map(endpoints);
    }
}
