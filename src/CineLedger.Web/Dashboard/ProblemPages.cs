using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>Shows problems as HTML pages to browsers; programs get problem documents.</summary>
internal static class ProblemPages
{
    /// <summary>Paths for programs, which get problem documents whatever they accept.</summary>
    private static readonly string[] ApiPathPrefixes = ["/api", "/mcp", "/metrics", "/health", "/openapi", "/docs", "/assets"];

    /// <summary>Returns whether the response should be an HTML page.</summary>
    public static bool AcceptsHtml(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsPost(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(ApiPathPrefixes, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static void Prepare(HttpResponse response, Problem problem)
    {
        response.ContentType = PageRenderer.ContentType;
        response.Headers.ContentSecurityPolicy = PageRenderer.Policy;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            // Makes the browser prompt for a name and a password; the password is the key. See ApiKeyHandler.
            response.Headers.WWWAuthenticate = "Basic realm=\"CineLedger: any name, the key as password\", charset=\"UTF-8\"";
        }
    }
}
