using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Watching;

/// <summary>The servers that the ledger lies on, looked at when somebody collects, a few seconds apart at the least.</summary>
internal sealed class StoreHosts(LedgerPool pool)
{
    /// <summary>Several that watch do not make it several looks.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _looking = new();
    private Task<IReadOnlyList<StoreHost>> _look = Task.FromResult<IReadOnlyList<StoreHost>>([]);
    private IReadOnlyList<StoreHost> _known = [];
    private long _lookedAt = long.MinValue / 2;

    /// <summary>Waits until they have been looked at.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<StoreHost>> look;
        lock (_looking)
        {
            if (_look.IsCompleted && Environment.TickCount64 - _lookedAt >= Rest.TotalMilliseconds)
            {
                _lookedAt = Environment.TickCount64;
                _look = pool.LookAtHostsAsync(Patience, CancellationToken.None);
            }

            look = _look;
        }

        _known = await look.WaitAsync(cancellationToken);
    }

    public IEnumerable<Measurement<long>> Up() => _known.Select(host => new Measurement<long>(host.IsUp ? 1 : 0, Host(host), new("role", Role(host))));

    public IEnumerable<Measurement<long>> LagBytes() => _known.Where(host => host.LagBytes is not null).Select(host => new Measurement<long>(host.LagBytes!.Value, Host(host)));

    public IEnumerable<Measurement<double>> LagSeconds() => _known.Where(host => host.LagSeconds is not null).Select(host => new Measurement<double>(host.LagSeconds!.Value, Host(host)));

    private static KeyValuePair<string, object?> Host(StoreHost host) => new("host", host.Name);

    private static string Role(StoreHost host) => host.IsStandby switch
    {
        true => "standby",
        false => "primary",
        null => "unknown",
    };
}
