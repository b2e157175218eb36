using System.Net;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>Detects requests that were made on this machine.</summary>
internal static class LocalRequests
{
    /// <summary>Headers that a proxy adds when it forwards a request; such a request may come from another machine.</summary>
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Forwarded-By",
        "X-Forwarded-Ssl", "X-Forwarded-Scheme", "X-Real-IP", "X-Client-IP", "X-Envoy-External-Address", "CF-Connecting-IP", "True-Client-IP", "CDN-Loop", "Via",

        // With --behind-proxy, the server renames X-Forwarded-For to this after reading the client's address.
        "X-Original-For",
    ];

    /// <summary>
    /// Returns true when the connection uses the loopback interface, no proxy forwarded the request, and its host is a loopback name. The host is
    /// checked because a foreign site whose name resolves to 127.0.0.1 (DNS rebinding) can send requests from a local browser. HTTP/1.0 is not accepted,
    /// because nginx uses it to forward requests unless it is configured otherwise, with no header that shows it.
    /// </summary>
    public static bool IsLocal(HttpContext http)
    {
        if (GetRemoteAddress(http) is not { } address || !IPAddress.IsLoopback(address) || !IsLocalName(http.Request.Headers.Host.ToString())
            || HttpProtocol.IsHttp10(http.Request.Protocol) || HttpProtocol.IsHttp09(http.Request.Protocol))
        {
            return false;
        }

        return !IsForwarded(http);
    }

    /// <summary>Returns the address of the other end of the connection, or null if it has none.</summary>
    public static IPAddress? GetRemoteAddress(HttpContext http) =>
        http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;

    /// <summary>Returns true when a proxy says that it forwarded the request.</summary>
    public static bool IsForwarded(HttpContext http) => Array.Exists(ProxyHeaders, http.Request.Headers.ContainsKey);

    private static bool IsLocalName(ReadOnlySpan<char> host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']') + 1 : host.IndexOf(':');
        var name = end > 0 ? host[..end] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim("[]"), out var address) && IPAddress.IsLoopback(address));
    }
}
