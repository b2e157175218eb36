using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Observability;

/// <summary>Registers the services for metrics.</summary>
internal static class MetricsSetup
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<SnapshotGauges>()
        .AddSingleton<StoreHostMetrics>()
        .AddSingleton<DiskSpaceMetrics>()
        .AddSingleton(provider => new WebMetrics(
            provider.GetRequiredService<IMeterFactory>().Create(LedgerMetrics.MeterName),
            provider.GetRequiredService<LedgerPool>(),
            provider.GetRequiredService<SnapshotGauges>(),
            provider.GetRequiredService<StoreHostMetrics>(),
            provider.GetRequiredService<DiskSpaceMetrics>()))
        .AddSingleton<Telemetry>();
}
