using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>
/// Logs every operation that changes something, and every SQL statement, with its caller and outcome. Requests without a required key are left out: they
/// change nothing, and anyone could fill the log with them.
/// </summary>
internal sealed class AuditMiddleware(RequestDelegate next, ILoggerFactory loggers)
{
    /// <summary>The category of the log, which is always on.</summary>
    public const string Category = "CineLedger.Audit";

    private const int MaxLength = 500;

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public Task InvokeAsync(HttpContext http)
    {
        var method = http.Request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? next(http) : LogAsync(http);
    }

    /// <summary>Sets what a request acts on: for example the source of a load. Never a secret. Without it, the path is logged.</summary>
    public static void SetTarget(HttpContext http, string target) => http.Features.Set(new AuditTarget(target));

    /// <summary>Returns a text of limited length in which every character that could break a line, or hide or reorder text, is escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(Math.Min(text.Length, MaxLength) + 1);
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            _ = CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : escaped.Append(letter);
        }

        return text.Length > MaxLength ? escaped.Append('…').ToString() : escaped.ToString();
    }

    private async Task LogAsync(HttpContext http)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            // Assistants only read, although their protocol uses POST.
            if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } && !http.Request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase)
                && http.User is ApiCaller caller && http.Response.StatusCode != StatusCodes.Status401Unauthorized)
            {
                _logger.Audited(
                    caller.Key is { } key ? Escape(key.Name) : ReferenceEquals(caller, ApiCaller.Local) ? "local" : "public",
                    caller.Key?.Id ?? "none",
                    LocalRequests.GetRemoteAddress(http)?.ToString() ?? "an unknown address",
                    $"{http.Request.Method} {route}",
                    Escape(http.Features.Get<AuditTarget>()?.Text ?? http.Request.Path.Value ?? ""),
                    http.Response.StatusCode,
                    Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 3),
                    http.TraceIdentifier);
            }
        }
    }

    private sealed record AuditTarget(string Text);
}
