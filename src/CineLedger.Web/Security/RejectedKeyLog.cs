using CineLedger.Storage.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>
/// Logs requests with a key that is not valid. The log is bounded, because attackers can send any number of them: of each minute, the first one of each
/// address is logged at once, and the number of the others at its end, for at most <see cref="MaxNetworks"/> addresses.
/// </summary>
internal sealed class RejectedKeyLog(ILoggerFactory loggers, TimeProvider time) : IDisposable
{
    private const int MaxNetworks = 100;

    /// <summary>Enough to find a key by its owner's copy, and far too few to guess the rest.</summary>
    private const int ShownCharacters = 4;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = loggers.CreateLogger(AuditMiddleware.Category);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _further = new(StringComparer.Ordinal);
    private int _unlisted;
    private ITimer? _windowEnd;

    public void Record(HttpContext http, string key)
    {
        var network = CallerPartition.GetNetwork(LocalRequests.GetRemoteAddress(http));
        lock (_lock)
        {
            _windowEnd ??= time.CreateTimer(_ => EndWindow(), null, Window, Timeout.InfiniteTimeSpan);
            if (_further.TryGetValue(network, out var further))
            {
                _further[network] = further + 1;
                return;
            }

            if (_further.Count == MaxNetworks)
            {
                _unlisted++;
                return;
            }

            _further[network] = 0;
        }

        _logger.KeyRejected(Describe(key), network, http.Request.Method, AuditMiddleware.Escape(http.Request.Path.Value ?? ""));
    }

    public void Dispose() => EndWindow();

    /// <summary>Returns the beginning of a text that has the form of a key. Any other text may be a password for something else.</summary>
    private static string Describe(string key) => AccessKey.IsWellFormed(key) ? $"{key.AsSpan(0, AccessKey.Prefix.Length + ShownCharacters)}…" : "malformed";

    private void EndWindow()
    {
        lock (_lock)
        {
            foreach (var (network, further) in _further.Where(counted => counted.Value > 0))
            {
                _logger.KeysRejected(further, network);
            }

            if (_unlisted > 0)
            {
                _logger.KeysRejected(_unlisted, "other addresses");
            }

            _further.Clear();
            _unlisted = 0;
            _windowEnd?.Dispose();
            _windowEnd = null;
        }
    }
}
