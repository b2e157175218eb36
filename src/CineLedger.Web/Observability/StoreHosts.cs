using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>The servers that the ledger lies on, looked at when somebody collects, a few seconds apart at the least.</summary>
internal sealed class StoreHosts(LedgerPool pool)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Glance<IReadOnlyList<StoreHost>> _hosts = new(() => pool.LookAtHostsAsync(Patience, CancellationToken.None), []);

    /// <summary>Waits until they have been looked at.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => _hosts.ReadAsync(cancellationToken);

    public IEnumerable<Measurement<long>> Up() => _hosts.Known.Select(host => new Measurement<long>(host.IsUp ? 1 : 0, Host(host), new("role", Role(host))));

    public IEnumerable<Measurement<long>> LagBytes() => _hosts.Known.Where(host => host.LagBytes is not null).Select(host => new Measurement<long>(host.LagBytes!.Value, Host(host)));

    public IEnumerable<Measurement<double>> LagSeconds() => _hosts.Known.Where(host => host.LagSeconds is not null).Select(host => new Measurement<double>(host.LagSeconds!.Value, Host(host)));

    private static KeyValuePair<string, object?> Host(StoreHost host) => new("host", host.Name);

    private static string Role(StoreHost host) => host.IsStandby switch
    {
        true => "standby",
        false => "primary",
        null => "unknown",
    };
}
