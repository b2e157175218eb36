using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Dashboard.Assets;

/// <summary>Serves styles, scripts, fonts and images. They contain no data, so they need no key, and error pages are styled as well.</summary>
internal static class AssetEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/assets/{hash}/{name}", [HttpMethods.Get, HttpMethods.Head], WriteAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapMethods("/favicon.ico", [HttpMethods.Get, HttpMethods.Head], http => SendAsync(http, AssetStore.Find("icon.svg")!, "public, max-age=86400"))
            .AllowAnonymous().ExcludeFromDescription();
        endpoints.MapMethods("/robots.txt", [HttpMethods.Get, HttpMethods.Head], http =>
        {
            // Each display option leads to another address with the same data, which crawlers should not follow.
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync("User-agent: *\nDisallow: /\n", http.RequestAborted);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task WriteAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        var asset = AssetStore.Find(name) ?? throw Problems.NotFound($"there is no asset '{name}'.");

        // During a rolling update, a page of one version may request assets from a node of another. The file is served, but not cached under that hash.
        return SendAsync(http, asset, (string?)http.Request.RouteValues["hash"] == asset.Hash ? Immutable : "no-cache");
    }

    private static async Task SendAsync(HttpContext http, Asset asset, string cacheControl)
    {
        var (body, encoding) = asset.GetBody(http.Request.Headers.AcceptEncoding.ToString());
        var headers = http.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = "Accept-Encoding";
        headers.ContentEncoding = encoding;
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await ResponseWriting.WriteBodyAsync(http.Response, body, http.RequestAborted);
        }
    }
}
