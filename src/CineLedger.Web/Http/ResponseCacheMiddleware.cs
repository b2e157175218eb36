using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Answers requests that came before, letter by letter, without reading them again: from memory, or with a 304. It stands behind authentication and
/// before routing; all that it keeps is for every caller that may read.
/// </summary>
internal sealed class ResponseCacheMiddleware(RequestDelegate next, SnapshotCache cache, LedgerPool pool, WebMetrics metrics)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && pool.Newest is { } newest
            && http.User is ApiCaller && cache.Find<CachedRequest>(RequestKey.From(request)) is { } known)
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

            // A tag of an older snapshot asks what came since: that is another answer.
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

/// <summary>Everything of a request that makes its response, as it came.</summary>
internal sealed record RequestKey(string Path, string Query, string Accept, string AcceptEncoding)
{
    public int Length => Path.Length + Query.Length + Accept.Length + AcceptEncoding.Length;

    public static RequestKey From(HttpRequest request) =>
        new(request.Path.Value ?? "", request.QueryString.Value ?? "", request.Headers.Accept.ToString(), request.Headers.AcceptEncoding.ToString());
}

/// <summary>What a request asks: always the same, but as of the newest snapshot when it names none.</summary>
/// <param name="shape">See <see cref="ResponseIdentity"/>.</param>
/// <param name="named">The identity of its response when it names the snapshot.</param>
/// <param name="coding">How its response is to travel.</param>
/// <param name="endpoint">What answers it: a repeated request is counted under the same route.</param>
internal sealed class CachedRequest(string shape, ResponseIdentity? named, ContentCoding coding, Endpoint endpoint)
{
    private volatile ResponseIdentity? _last = named;

    public ContentCoding Coding { get; } = coding;

    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>The identity of the response while <paramref name="newest"/> is the newest snapshot.</summary>
    public ResponseIdentity GetIdentity(Snapshot newest)
    {
        var last = _last;
        return last is not null && (last.IsPermanent || ReferenceEquals(last.Snapshot, newest))
            ? last
            : _last = new ResponseIdentity(newest, IsPermanent: false, shape);
    }
}
