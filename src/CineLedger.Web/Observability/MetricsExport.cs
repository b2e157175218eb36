using CineLedger.Loading;
using CineLedger.Model;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CineLedger.Web.Observability;

/// <summary>
/// Exports metrics by OTLP to the collector in OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_METRICS_ENDPOINT. The other standard variables of OTLP
/// apply too.
/// </summary>
public static class MetricsExport
{
    /// <summary>True when a collector of metrics is configured.</summary>
    internal static bool IsEnabled => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

    /// <summary>True when a collector of traces is configured.</summary>
    internal static bool IsTracingEnabled => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /// <summary>Starts exporting from a long-running command that is not a server, until the result is disposed. Returns null without a collector.</summary>
    public static IDisposable? Start() => IsEnabled
        ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(CreateResource()).AddMeter(LedgerMetrics.MeterName).AddOtlpExporter().Build()
        : null;

    internal static ResourceBuilder CreateResource() => ResourceBuilder.CreateDefault().AddService("cineledger", serviceVersion: ProductVersion.Text);

    private static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}
