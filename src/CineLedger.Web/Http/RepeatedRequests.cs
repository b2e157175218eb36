using CineLedger.Storage;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Answers requests that came before, letter by letter, without reading them again: from memory, or with a 304. It stands behind whatever
/// decides who may ask, and before routing.
/// </summary>
internal sealed class RepeatedRequests(RequestDelegate next, AnswerCache cache, LedgerPool pool, WebMetrics metrics)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && pool.Newest is { } newest
            && http.User is ApiCaller && cache.Find(TextOf(request)) is { } known)
        {
            var identity = known.IdentityAt(newest);
            var tags = AnswerWriting.IfNoneMatch(request);
            if (identity.Matches(tags))
            {
                http.SetEndpoint(known.Endpoint);
                AnswerWriting.WriteNotModified(http.Response, identity);
                metrics.AnsweredNotModified();
                return Task.CompletedTask;
            }

            // A tag of an older snapshot asks what came since: that is another answer.
            if (tags is null && cache.Find(identity) is { } answer)
            {
                http.SetEndpoint(known.Endpoint);
                metrics.AnsweredFromMemory();
                return AnswerWriting.WriteAsync(http.Response, identity, answer, known.Coding, http.RequestAborted);
            }
        }

        return next(http);
    }

    public static RequestText TextOf(HttpRequest request) =>
        new(request.Path.Value ?? "", request.QueryString.Value ?? "", request.Headers.Accept.ToString(), request.Headers.AcceptEncoding.ToString());
}
