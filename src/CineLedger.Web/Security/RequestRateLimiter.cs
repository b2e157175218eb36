using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace CineLedger.Web.Security;

/// <summary>Limits how many requests each key, and each address without a key, may make in any minute. Requests from this machine without a key are not counted.</summary>
internal static class RequestRateLimiter
{
    /// <summary>Six parts of a minute: a caller that was stopped may go on after ten seconds at the latest, a bit at a time.</summary>
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions limiter, int perMinute)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => ReferenceEquals(http.User, ApiCaller.Local)
            ? RateLimitPartition.GetNoLimiter("local")
            : RateLimitPartition.GetSlidingWindowLimiter(PartitionOf(http), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = Window,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }));
        limiter.OnRejected = (_, _) => throw Problems.TooManyRequests(perMinute, (int)(Window / Segments).TotalSeconds);
    }

    private static string PartitionOf(HttpContext http) => (http.User as ApiCaller)?.Key?.Id ?? GetNetwork(LocalRequests.GetRemoteAddress(http));

    /// <summary>Of IPv6 the first half: the other 64 bits are a household's or a machine's own to choose.</summary>
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
