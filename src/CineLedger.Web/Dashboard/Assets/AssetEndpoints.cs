using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Dashboard.Assets;

/// <summary>What pages are made with: nothing of the ledger's, so whoever asks gets it, and a page that says what is wrong looks right.</summary>
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
            // Every switch makes another address of the same data: nothing that a crawler should walk through.
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync("User-agent: *\nDisallow: /\n", http.RequestAborted);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task WriteAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        var asset = AssetStore.Find(name) ?? throw Problems.NotFound($"there is no asset '{name}'.");

        // While nodes are brought up to date one by one, a page of one may ask another: the file is there, but not to be kept as that hash's.
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
            await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        }
    }
}
