using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>
/// The unit that limits apply to: a key, or an address without one. Callers on this machine are separate from those whose requests come from the same
/// address through a proxy.
/// </summary>
internal static class CallerPartition
{
    /// <summary>The partition of work on this machine that belongs to no request.</summary>
    public const string Local = "local";

    /// <summary>Returns the partition of an authenticated request, or of one whose key was refused.</summary>
    public static string Get(HttpContext http) => ReferenceEquals(http.User, ApiCaller.Local) ? $"{Local} {GetAddress(http)}"
        : (http.User as ApiCaller)?.Key?.Id ?? GetAddress(http);

    private static string GetAddress(HttpContext http) => GetNetwork(LocalRequests.GetRemoteAddress(http));

    /// <summary>Returns the first half of an IPv6 address, because a household or machine chooses the other 64 bits itself; other addresses in full.</summary>
    public static string GetNetwork(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address?.ToString() ?? "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
