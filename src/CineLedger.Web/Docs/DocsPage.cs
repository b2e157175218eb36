using System.Security.Cryptography;
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
        endpoints.MapScalarApiReference(Path, (scalar, http) =>
        {
            scalar.Nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            http.Response.Headers.ContentSecurityPolicy = CreateContentSecurityPolicy(scalar.Nonce);
            scalar.Title = "CineLedger: the API";
            scalar.OpenApiRoutePattern = "/openapi/{documentName}.json";
            scalar.DynamicBaseServerUrl = true;
            scalar.DefaultFonts = false;
            scalar.Telemetry = false;
            scalar.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            scalar.HideClientButton = true;
            scalar.DefaultHttpClient = new(ScalarTarget.Shell, ScalarClient.Curl);
            scalar.Agent = new ScalarAgentOptions { Disabled = true };
            scalar.Mcp = new ScalarMcpOptions { Disabled = true };
        }).ExcludeFromDescription();
    }

    /// <summary>
    /// What a browser may do for the page: run the scripts of this server, with styles of the page's own, and ask this server. It is set with the page:
    /// whoever sets one for all other answers leaves it alone.
    /// </summary>
    private static string CreateContentSecurityPolicy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
}
