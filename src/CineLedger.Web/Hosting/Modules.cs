using CineLedger.Web.Events;
using CineLedger.Web.Findings;
using CineLedger.Web.Health;
using CineLedger.Web.Loads;
using CineLedger.Web.Movies;
using CineLedger.Web.Names;
using CineLedger.Web.OpenApi;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;
using CineLedger.Web.Snapshots;
using CineLedger.Web.Sql;
using CineLedger.Web.Webhooks;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Hosting;

/// <summary>All endpoints, a module a feature.</summary>
internal static class Modules
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        ReportEndpoints.Map(endpoints);
        QueryEndpoints.Map(endpoints);
        MovieEndpoints.Map(endpoints);
        NameEndpoints.Map(endpoints);
        FindingEndpoints.Map(endpoints);
        SnapshotEndpoints.Map(endpoints);
        SqlEndpoints.Map(endpoints);
        EventEndpoints.Map(endpoints);
        LoadEndpoints.Map(endpoints);
        WebhookEndpoints.Map(endpoints);
        HealthEndpoints.Map(endpoints);
        ApiDocument.Map(endpoints);
    }
}
