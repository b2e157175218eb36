using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Observability;

/// <summary>
/// Assigns every request an ID, which is included in its response, problem and log entries: the ID sent with the request, otherwise its W3C trace ID.
/// In verbose mode, every request is logged, without its query, which may contain sensitive data.
/// </summary>
internal sealed class RequestIds(RequestDelegate next, ILogger<RequestIds> logger)
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> AllowedCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=");

    private readonly bool _logs = logger.IsEnabled(LogLevel.Information);

    public Task InvokeAsync(HttpContext http)
    {
        var sent = http.Request.Headers[LedgerHeaders.RequestId];
        if (sent is [{ Length: > 0 and <= MaxLength } id] && !id.AsSpan().ContainsAnyExcept(AllowedCharacters))
        {
            http.TraceIdentifier = id;
        }
        else if (GetTraceId(http) is { } trace)
        {
            http.TraceIdentifier = trace;
        }

        http.Response.Headers[LedgerHeaders.RequestId] = http.TraceIdentifier;
        return _logs ? LogAsync(http) : next(http);
    }

    /// <summary>Returns the trace ID of a request, or null when it is not traced.</summary>
    public static string? GetTraceId(HttpContext http) =>
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } activity
            ? activity.TraceId.ToHexString()
            : null;

    private async Task LogAsync(HttpContext http)
    {
        var startTime = Stopwatch.GetTimestamp();
        await next(http);
        logger.RequestEnded(
            http.Request.Method, http.Request.Path.ToUriComponent(), http.Response.StatusCode, Math.Round(Stopwatch.GetElapsedTime(startTime).TotalMilliseconds, 3),
            http.Response.ContentLength, http.Response.Headers[LedgerHeaders.Snapshot], http.TraceIdentifier);
    }
}
