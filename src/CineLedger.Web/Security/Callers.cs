using System.Text;
using CineLedger.Storage.Keys;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>
/// Finds out who asks and counts the requests. What the caller may do is decided behind routing, by <see cref="Gate"/>, but for answers
/// from memory, which are all for whoever may read.
/// </summary>
internal sealed class Callers(RequestDelegate next, KeyRing keys, RequestRates rates, WebOptions options)
{
    private const string Scheme = "Bearer";
    private const string BrowserScheme = "Basic ";

    /// <summary>Longer than any key: not worth a hash.</summary>
    private const int LongestKey = 200;

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.Length + (http.Request.QueryString.Value?.Length ?? 0) > options.AddressLength)
        {
            throw Problems.TooLong(options.AddressLength);
        }

        return KeyOf(http.Request) is { } text
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
    /// The key that came with the request; null where none did. Other schemes of Authorization are between the caller and a proxy, but for a
    /// browser's, which knows no other than a name and a password: a password that is a key is one, where it is only to read. A browser sends it
    /// along with whatever another page makes it ask, so it must not change anything.
    /// </summary>
    private static string? KeyOf(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.Authorization is { Count: > 0 } authorization && authorization.ToString() is var text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (text.Length == Scheme.Length || text[Scheme.Length] == ' '))
        {
            return text[Scheme.Length..].Trim();
        }

        return headers.TryGetValue("X-Api-Key", out var key) ? key.ToString().Trim()
            : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? PasswordOf(headers.Authorization.ToString())
            : null;
    }

    private static string? PasswordOf(string authorization)
    {
        if (!authorization.StartsWith(BrowserScheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > BrowserScheme.Length + (4 * LongestKey))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[authorization.Length];
        if (!Convert.TryFromBase64Chars(authorization.AsSpan(BrowserScheme.Length).Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var password = pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return password.StartsWith(AccessKey.Prefix, StringComparison.Ordinal) ? password : null;
    }
}
