using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>Measures the database servers of the ledger when metrics are collected, at most every few seconds.</summary>
internal sealed class StoreHostMetrics(LedgerPool pool)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly CachedProbe<IReadOnlyList<StoreHost>> _hosts = new(() => pool.GetHostStatusAsync(Timeout, CancellationToken.None), []);

    /// <summary>Waits until the servers have been probed.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => _hosts.ReadAsync(cancellationToken);

    public IEnumerable<Measurement<long>> MeasureUp() =>
        _hosts.Latest.Select(host => new Measurement<long>(host.IsUp ? 1 : 0, CreateHostTag(host), new("role", GetRole(host))));

    public IEnumerable<Measurement<long>> MeasureLagBytes() =>
        _hosts.Latest.Where(host => host.LagBytes is not null).Select(host => new Measurement<long>(host.LagBytes!.Value, CreateHostTag(host)));

    public IEnumerable<Measurement<double>> MeasureLagSeconds() =>
        _hosts.Latest.Where(host => host.LagSeconds is not null).Select(host => new Measurement<double>(host.LagSeconds!.Value, CreateHostTag(host)));

    private static KeyValuePair<string, object?> CreateHostTag(StoreHost host) => new("host", host.Name);

    private static string GetRole(StoreHost host) => host.IsStandby switch
    {
        true => "standby",
        false => "primary",
        null => "unknown",
    };
}
