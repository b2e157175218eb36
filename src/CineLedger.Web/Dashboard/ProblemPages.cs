using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>Problems as pages: for browsers that look at pages, not for programs.</summary>
internal static class ProblemPages
{
    /// <summary>What programs ask, whatever they say they accept.</summary>
    private static readonly string[] PathsOfPrograms = ["/api", "/mcp", "/metrics", "/health", "/openapi", "/docs", "/assets"];

    /// <summary>Whether a browser is to show the answer.</summary>
    public static bool AcceptsHtml(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(PathsOfPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static void Prepare(HttpResponse response, Problem problem)
    {
        response.ContentType = PageRenderer.ContentType;
        response.Headers.ContentSecurityPolicy = PageRenderer.Policy;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            // A browser asks its user for a name and a password: the key is the password. See ApiKeyHandler.
            response.Headers.WWWAuthenticate = "Basic realm=\"CineLedger: any name, the key as password\", charset=\"UTF-8\"";
        }
    }
}
