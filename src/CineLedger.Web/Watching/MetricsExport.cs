using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CineLedger.Web.Watching;

/// <summary>What is counted, by OTLP to the collector that the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names; the other variables of OTLP hold too.</summary>
public static class MetricsExport
{
    /// <summary>Whether a collector is named.</summary>
    internal static bool IsWanted => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));

    /// <summary>Begins, for a command that runs long and serves nothing; ends when it is disposed. Null where no collector is named.</summary>
    public static IDisposable? Start() => IsWanted
        ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(About()).AddMeter(LedgerMetrics.MeterName).AddOtlpExporter().Build()
        : null;

    internal static ResourceBuilder About() => ResourceBuilder.CreateDefault().AddService("cineledger", serviceVersion: ProductVersion.Text);
}
