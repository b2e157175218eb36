using System.Net;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>Tells whether a request was made by somebody on this machine.</summary>
internal static class LocalRequests
{
    /// <summary>What a proxy adds to a request that it passes on: whoever made it is somewhere else.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>
    /// True where the connection itself comes over the loopback, no proxy passed the request on, and it was made to a name of the loopback:
    /// a page whose own name leads to 127.0.0.1 (DNS rebinding) is a stranger in a local browser.
    /// </summary>
    public static bool IsLocal(HttpContext http)
    {
        if (GetRemoteAddress(http) is not { } address || !IPAddress.IsLoopback(address) || !IsLocalName(http.Request.Headers.Host.ToString()))
        {
            return false;
        }

        foreach (var header in ProxyHeaders)
        {
            if (http.Request.Headers.ContainsKey(header))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Of the other end of the connection; null where there is none.</summary>
    public static IPAddress? GetRemoteAddress(HttpContext http) =>
        http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;

    private static bool IsLocalName(ReadOnlySpan<char> host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']') + 1 : host.IndexOf(':');
        var name = end > 0 ? host[..end] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name.Trim("[]"), out var address) && IPAddress.IsLoopback(address));
    }
}
