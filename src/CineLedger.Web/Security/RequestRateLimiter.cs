using System.Threading.RateLimiting;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace CineLedger.Web.Security;

/// <summary>
/// Limits the requests per minute of each key, and of each address without a key. Requests from this machine without a key are not counted, and neither are
/// health checks: where a load balancer gives users and probes one address, users must not make the server look dead.
/// </summary>
internal static class RequestRateLimiter
{
    /// <summary>Six segments per minute: a rejected caller gets part of its limit back after at most ten seconds.</summary>
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions limiter, int perMinute)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsExempt(http)
            ? RateLimitPartition.GetNoLimiter(CallerPartition.Local)
            : RateLimitPartition.GetSlidingWindowLimiter(CallerPartition.Get(http), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = Window,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }));
        limiter.OnRejected = (_, _) => throw Problems.TooManyRequests(perMinute, (int)(Window / Segments).TotalSeconds);
    }

    private static bool IsExempt(HttpContext http) =>
        ReferenceEquals(http.User, ApiCaller.Local) || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
