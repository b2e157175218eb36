using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;
namespace CineLedger.Web.Docs;

/// <summary>
/// The page at <c>/docs</c>, which shows the OpenAPI document and can send requests. All of it comes from this server: Scalar's external services
/// (fonts, proxy, agent, telemetry) are turned off.
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
            scalar.Title = "CineLedger API";
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
    /// Returns the policy of the page: it may run this server's scripts, use inline styles, and send requests to this server. It replaces the default
    /// policy of <see cref="Security.SecurityHeadersMiddleware"/>.
    /// </summary>
    private static string CreateContentSecurityPolicy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
}
