using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>How many requests each key, and each address without a key, may make in any minute. This machine's own are not counted.</summary>
internal sealed class RequestRates(WebOptions options) : IDisposable
{
    /// <summary>Six parts of a minute: who was stopped may go on after ten seconds at the latest, a bit at a time.</summary>
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string>? _limiter = options.RatePerMinute == 0
        ? null
        : PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetSlidingWindowLimiter(who, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.RatePerMinute,
            Window = Window,
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        }));

    /// <summary>Counts a request. Throws <see cref="ProblemException"/> where it is one too many.</summary>
    public void Count(HttpContext http, Caller caller)
    {
        if (_limiter is null || caller.Kind == CallerKind.Local)
        {
            return;
        }

        using var lease = _limiter.AttemptAcquire(caller.Key?.Id ?? Network(LocalRequests.AddressOf(http)));
        if (!lease.IsAcquired)
        {
            throw Problems.TooMany(options.RatePerMinute, (int)(Window / Segments).TotalSeconds);
        }
    }

    public void Dispose() => _limiter?.Dispose();

    /// <summary>Of IPv6 the first half: the other 64 bits are a household's or a machine's own to choose.</summary>
    private static string Network(IPAddress? address)
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
