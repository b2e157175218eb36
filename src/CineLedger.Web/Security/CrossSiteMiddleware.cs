using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CineLedger.Web.Security;

/// <summary>
/// Refuses requests that a page of another origin makes a browser send, before any work is done for them: their cost and their duration would reach that page
/// even where their response does not. Requests without the headers of browsers are unaffected. See docs/decisions/0075-cross-site-requests-do-no-work.md.
/// </summary>
internal sealed class CrossSiteMiddleware(RequestDelegate next, WebOptions options)
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string FetchMode = "Sec-Fetch-Mode";
    private const string FetchDestination = "Sec-Fetch-Dest";

    /// <summary>The headers of requests that a browser makes in advance, for a page that its user has not opened yet.</summary>
    private static readonly string[] FetchPurposes = ["Sec-Purpose", "Purpose", "X-Moz"];

    /// <summary>The parameter of pages that selects one figure.</summary>
    private const string EmbeddedParameter = "figure";

    private const string ForwardedHost = "X-Forwarded-Host";

    /// <summary>The paths of addresses that are not pages.</summary>
    private static readonly PathString[] ProgramPaths = ["/api", "/mcp", "/metrics", "/openapi"];

    private static readonly PathString HealthPath = "/health";

    private readonly bool _allowsAll = options.CorsOrigins.Contains("*");

    public Task InvokeAsync(HttpContext http) =>
        _allowsAll || IsAllowed(http.Request) || http.Request.Path.StartsWithSegments(HealthPath, StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : throw Problems.CrossSite();

    /// <summary>Returns whether the browser states that a page of this server sent the request. Programs do not send these headers.</summary>
    public static bool IsFromOwnPage(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origin && IsOwn(origin.ToString(), request.Headers)
        && (request.Headers[FetchSite] is var site && (site.Count == 0 || site == "same-origin"));

    private bool IsAllowed(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.Origin is { Count: > 0 } origin)
        {
            if (options.CorsOrigins.Contains(origin.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }

            if (!IsOwn(origin.ToString(), headers))
            {
                return false;
            }
        }

        // A browser sets this header itself; scripts cannot change it. "none" is an address that the user entered or a bookmark, but Chromium also sends it
        // when a page of another origin makes it fetch an address in advance.
        var site = headers[FetchSite];
        return site == "same-origin"
            || (!Array.Exists(FetchPurposes, headers.ContainsKey) && (site.Count == 0 || site == "none" || IsPageVisit(request) || IsEmbedding(request)));
    }

    /// <summary>Returns whether the referrer of a request is a page of an origin that may embed figures.</summary>
    public static bool IsFromListedPage(HttpRequest request, WebOptions options) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var page)
        && options.EmbedOrigins.Contains(page.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns whether a page of a listed origin shows a figure in a frame or as an image. Browsers send no <c>Origin</c> with such a request. They send the origin of the page
    /// as its referrer, unless the page forbids it.
    /// </summary>
    private bool IsEmbedding(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers[FetchDestination].ToString() is "iframe" or "image" && request.Query[EmbeddedParameter].Any(id => !string.IsNullOrWhiteSpace(id))
        && IsFromListedPage(request, options)
        && !Array.Exists(ProgramPaths, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Returns whether an origin is this server's, under the name that the client uses. A proxy may replace the name and pass on the original one; pages of
    /// other origins cannot send that header without a preflight. The scheme is not compared, because a proxy may end TLS.
    /// </summary>
    private static bool IsOwn(string origin, IHeaderDictionary headers) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (IsHost(uri, headers.Host) || IsHost(uri, headers[ForwardedHost]));

    private static bool IsHost(Uri origin, StringValues host)
    {
        var name = host.ToString();
        return origin.Authority.Length > 0 && (name.Equals(origin.Authority, StringComparison.OrdinalIgnoreCase)
            || (origin.IsDefaultPort && name.Equals(FormattableString.Invariant($"{origin.Host}:{origin.Port}"), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// Returns whether a user follows a link to a page. Images, frames and scripts have another mode or destination, and a form that is sent has another
    /// method or destination.
    /// </summary>
    private static bool IsPageVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers[FetchMode] == "navigate" && request.Headers[FetchDestination] == "document"
        && !Array.Exists(ProgramPaths, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
