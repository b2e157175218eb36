using CineLedger.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>
/// Finds out who asks and counts the requests. What the caller may do is decided behind routing, by <see cref="Gate"/>, but for answers
/// from memory, which are all for whoever may read.
/// </summary>
internal sealed class Callers(RequestDelegate next, KeyRing keys, RequestRates rates, WebOptions options)
{
    private const string Scheme = "Bearer";

    /// <summary>Longer than any key: not worth a hash.</summary>
    private const int LongestKey = 200;

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.Length + (http.Request.QueryString.Value?.Length ?? 0) > options.AddressLength)
        {
            throw Problems.TooLong(options.AddressLength);
        }

        return KeyOf(http.Request.Headers) is { } text
            ? IdentifyAsync(http, text)
            : PassAsync(http, LocalRequests.IsLocal(http) ? Caller.Local : options.IsPublic ? Caller.Anybody : Caller.Stranger);
    }

    private async Task IdentifyAsync(HttpContext http, string text)
    {
        var caller = text.Length is > 0 and <= LongestKey ? await keys.FindAsync(text, http.RequestAborted) : null;
        await PassAsync(http, caller ?? Caller.WithWrongKey);
    }

    private Task PassAsync(HttpContext http, Caller caller)
    {
        rates.Count(http, caller);
        http.Features.Set(caller);
        return next(http);
    }

    /// <summary>
    /// The key that came with the request; null where none did. Other schemes of Authorization are between the caller and a proxy.
    /// </summary>
    private static string? KeyOf(IHeaderDictionary headers)
    {
        if (headers.Authorization is { Count: > 0 } authorization && authorization.ToString() is var text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (text.Length == Scheme.Length || text[Scheme.Length] == ' '))
        {
            return text[Scheme.Length..].Trim();
        }

        return headers.TryGetValue("X-Api-Key", out var key) ? key.ToString().Trim() : null;
    }
}
