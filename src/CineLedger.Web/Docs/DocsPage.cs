using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace CineLedger.Web.Docs;

/// <summary>
/// The page at <c>/docs</c>, which reads the OpenAPI document, and lets one try what it describes. All of it comes from this server: what Scalar
/// would ask of others, fonts, a proxy, its agent, its telemetry, is off.
/// </summary>
internal static class DocsPage
{
    public const string Path = "/docs";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapScalarApiReference(Path, (scalar, _) =>
        {
            scalar.Title = "CineLedger: the API";
            scalar.OpenApiRoutePattern = "/openapi/{documentName}.json";
            scalar.DefaultFonts = false;
            scalar.Telemetry = false;
            scalar.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            scalar.HideClientButton = true;
            scalar.DefaultHttpClient = new(ScalarTarget.Shell, ScalarClient.Curl);
            scalar.Agent = new ScalarAgentOptions { Disabled = true };
            scalar.Mcp = new ScalarMcpOptions { Disabled = true };
        }).ExcludeFromDescription();

        // Who comes with a browser and no address is shown what there is.
        endpoints.MapGet("/", () => TypedResults.Redirect(Path)).ExcludeFromDescription();
    }
}
