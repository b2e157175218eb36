using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Observability;

/// <summary>
/// Gives every request a number that its answer, its problem and its lines in the log have in common: the one that it came with, or else
/// its W3C trace. Where it is asked for, a request is a line in the log; the query is left out, since nobody knows what is put into it.
/// </summary>
internal sealed class RequestIds(RequestDelegate next, ILogger<RequestIds> logger)
{
    private const int Longest = 128;

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=");

    private readonly bool _logs = logger.IsEnabled(LogLevel.Information);

    public Task InvokeAsync(HttpContext http)
    {
        var sent = http.Request.Headers[LedgerHeaders.RequestId];
        if (sent is [{ Length: > 0 and <= Longest } id] && !id.AsSpan().ContainsAnyExcept(Plain))
        {
            http.TraceIdentifier = id;
        }
        else if (TraceOf(http) is { } trace)
        {
            http.TraceIdentifier = trace;
        }

        http.Response.Headers[LedgerHeaders.RequestId] = http.TraceIdentifier;
        return _logs ? LogAsync(http) : next(http);
    }

    /// <summary>The trace that a request belongs to; null where nobody traces.</summary>
    public static string? TraceOf(HttpContext http) =>
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } activity
            ? activity.TraceId.ToHexString()
            : null;

    private async Task LogAsync(HttpContext http)
    {
        var begun = Stopwatch.GetTimestamp();
        await next(http);
        logger.RequestEnded(
            http.Request.Method, http.Request.Path.ToUriComponent(), http.Response.StatusCode, Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 3),
            http.Response.ContentLength, http.Response.Headers[LedgerHeaders.Snapshot], http.TraceIdentifier);
    }
}
