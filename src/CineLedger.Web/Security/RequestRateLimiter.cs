using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace CineLedger.Web.Security;

/// <summary>
/// Limits the requests per minute of each key, and of each address without a key. Requests from this machine without a key are not counted.
/// </summary>
internal static class RequestRateLimiter
{
    /// <summary>Six segments per minute: a rejected caller gets part of its limit back after at most ten seconds.</summary>
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions limiter, int perMinute)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => ReferenceEquals(http.User, ApiCaller.Local)
            ? RateLimitPartition.GetNoLimiter("local")
            : RateLimitPartition.GetSlidingWindowLimiter(GetPartition(http), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = Window,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }));
        limiter.OnRejected = (_, _) => throw Problems.TooManyRequests(perMinute, (int)(Window / Segments).TotalSeconds);
    }

    private static string GetPartition(HttpContext http) => (http.User as ApiCaller)?.Key?.Id ?? GetNetwork(LocalRequests.GetRemoteAddress(http));

    /// <summary>Returns the first half of an IPv6 address, because a household or machine chooses the other 64 bits itself; other addresses in full.</summary>
    private static string GetNetwork(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address?.ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
