using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Serves repeated, textually identical requests from the cache or with a 304, without parsing them again. It runs after authentication and before
/// routing. Cached responses are the same for every caller that may read.
/// </summary>
internal sealed class ResponseCacheMiddleware(RequestDelegate next, SnapshotCache cache, LedgerPool pool, WebMetrics metrics)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && pool.Newest is { } newest
            && http.User is ApiCaller caller && caller.Has(KeyScopes.Read) && cache.Find<CachedRequest>(RequestKey.From(request)) is { } known)
        {
            var identity = known.GetIdentity(newest);
            var tags = ResponseWriting.GetIfNoneMatch(request);
            if (identity.Matches(tags))
            {
                http.SetEndpoint(known.Endpoint);
                ResponseWriting.WriteNotModified(http.Response, identity);
                metrics.NotModified();
                return Task.CompletedTask;
            }

            // The response to a tag of an older snapshot differs: it contains the changes since.
            if (tags is null && cache.Find<RenderedResponse>(identity) is { } answer)
            {
                http.SetEndpoint(known.Endpoint);
                metrics.CacheHit();
                return ResponseWriting.WriteAsync(http.Response, identity, answer, known.Coding, http.RequestAborted);
            }
        }

        return next(http);
    }
}

/// <summary>The unparsed parts of a request that determine its response.</summary>
internal sealed record RequestKey(string Path, string Query, string Accept, string AcceptEncoding)
{
    public int Length => Path.Length + Query.Length + Accept.Length + AcceptEncoding.Length;

    public static RequestKey From(HttpRequest request) =>
        new(request.Path.Value ?? "", request.QueryString.Value ?? "", request.Headers.Accept.ToString(), request.Headers.AcceptEncoding.ToString());
}

/// <summary>A parsed request in the cache. When it contains no snapshot, its response is that of the newest one.</summary>
/// <param name="shape">See <see cref="ResponseIdentity"/>.</param>
/// <param name="named">The identity of the response if the request contains the snapshot; otherwise, null.</param>
/// <param name="coding">The content coding of the response.</param>
/// <param name="endpoint">The endpoint, so that repeated requests are counted under the same route.</param>
internal sealed class CachedRequest(string shape, ResponseIdentity? named, ContentCoding coding, Endpoint endpoint)
{
    private volatile ResponseIdentity? _last = named;

    public ContentCoding Coding { get; } = coding;

    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>Returns the identity of the response while <paramref name="newest"/> is the newest snapshot.</summary>
    public ResponseIdentity GetIdentity(Snapshot newest)
    {
        var last = _last;
        return last is not null && (last.IsPermanent || ReferenceEquals(last.Snapshot, newest))
            ? last
            : _last = new ResponseIdentity(newest, IsPermanent: false, shape);
    }
}
