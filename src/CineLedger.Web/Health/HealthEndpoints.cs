using CineLedger.Storage;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Health;

/// <summary>The liveness and readiness checks for process supervisors and load balancers.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var readiness = new ReadinessCheck(endpoints.ServiceProvider.GetRequiredService<LedgerPool>());
        endpoints.MapGet("/health/live", () => TypedResults.Json(new Health("live", null), HealthJson.Default.Health))
            .WithSummary("Whether the process is running").WithTags("Health").AllowAnonymous();
        endpoints.MapGet("/health/ready", (CancellationToken cancellationToken) => GetReadinessAsync(readiness, cancellationToken))
            .WithSummary("Whether a snapshot can be read at the moment").WithTags("Health")
            .AllowAnonymous().WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, null, ["application/problem+json"]));
    }

    private static async Task<IResult> GetReadinessAsync(ReadinessCheck readiness, CancellationToken cancellationToken)
    {
        var newest = await readiness.RunAsync(cancellationToken) ?? throw Problems.NoSnapshotYet();
        return TypedResults.Json(new Health("ready", newest.Id), HealthJson.Default.Health);
    }
}

/// <summary>The health of the server.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Snapshot">The newest readable snapshot; null for <c>live</c>.</param>
internal sealed record Health(string Status, int? Snapshot);
