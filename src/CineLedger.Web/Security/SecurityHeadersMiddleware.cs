using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CineLedger.Web.Security;

/// <summary>
/// Adds the headers that keep browsers from guessing the type of a response, executing it, or embedding it in a page. An endpoint that returns a page
/// replaces the Content-Security-Policy with its own.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues DenyAll = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues NoDevices = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    private static readonly StringValues Deny = "DENY";

    public Task InvokeAsync(HttpContext http)
    {
        Add(http.Response.Headers);
        return next(http);
    }

    public static void Add(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = DenyAll;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        headers["Permissions-Policy"] = NoDevices;
    }
}
