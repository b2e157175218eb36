using CineLedger.Web.Assistants;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Docs;
using CineLedger.Web.Events;
using CineLedger.Web.Findings;
using CineLedger.Web.Health;
using CineLedger.Web.Http;
using CineLedger.Web.Loads;
using CineLedger.Web.Movies;
using CineLedger.Web.Names;
using CineLedger.Web.Observability;
using CineLedger.Web.OpenApi;
using CineLedger.Web.Pushes;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;
using CineLedger.Web.Snapshots;
using CineLedger.Web.Sql;
using CineLedger.Web.Webhooks;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Hosting;

/// <summary>All endpoints, by feature.</summary>
internal static class Endpoints
{
    /// <summary>All that can be read: over HTTP, and by assistants.</summary>
    public static IReadOnlyList<Resource> Resources { get; } =
    [
        .. ReportEndpoints.Resources(),
        .. QueryEndpoints.Resources(),
        .. MovieEndpoints.Resources(),
        .. NameEndpoints.Resources(),
        FindingEndpoints.Findings,
        .. SnapshotEndpoints.Resources(),
    ];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var resource in Resources)
        {
            AnswerEndpoint.Map(endpoints, resource);
        }

        SqlEndpoints.Map(endpoints);
        EventEndpoints.Map(endpoints);
        PushEndpoints.Map(endpoints);
        LoadEndpoints.Map(endpoints);
        WebhookEndpoints.Map(endpoints);
        HealthEndpoints.Map(endpoints);
        ApiDocument.Map(endpoints);
        DocsPage.Map(endpoints);
        DashboardPages.Map(endpoints);
        Telemetry.Map(endpoints);
        AssistantServer.Map(endpoints);
    }
}
