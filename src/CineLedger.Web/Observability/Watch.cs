using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Observability;

/// <summary>The parts that count, put together.</summary>
internal static class Watch
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<SnapshotFigures>()
        .AddSingleton<StoreHosts>()
        .AddSingleton<DiskSpace>()
        .AddSingleton(provider => new WebMetrics(
            provider.GetRequiredService<IMeterFactory>().Create(LedgerMetrics.MeterName),
            provider.GetRequiredService<LedgerPool>(),
            provider.GetRequiredService<SnapshotFigures>(),
            provider.GetRequiredService<StoreHosts>(),
            provider.GetRequiredService<DiskSpace>()))
        .AddSingleton<Telemetry>();
}
