using CineLedger.Storage;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Health;

/// <summary>For whoever keeps the process running, and for whoever sends it requests.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pool = endpoints.ServiceProvider.GetRequiredService<LedgerPool>();
        endpoints.MapGet("/health/live", () => TypedResults.Json(new Health("live", null), HealthJson.Default.Health))
            .WithSummary("Says that the process runs").WithTags("Health").AllowAnonymous();
        endpoints.MapGet("/health/ready", (CancellationToken cancellationToken) => GetReadinessAsync(pool, cancellationToken))
            .WithSummary("Says whether a snapshot can be read at this moment").WithTags("Health")
            .AllowAnonymous().WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, null, ["application/problem+json"]));
    }

    private static async Task<IResult> GetReadinessAsync(LedgerPool pool, CancellationToken cancellationToken)
    {
        var newest = await pool.RefreshAsync(pool.Newest?.Id, cancellationToken) ?? throw Problems.NoSnapshotYet();
        return TypedResults.Json(new Health("ready", newest.Id), HealthJson.Default.Health);
    }
}

/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Snapshot">The newest snapshot that can be read; null where that is not asked.</param>
internal sealed record Health(string Status, int? Snapshot);
