using CineLedger.Loading;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CineLedger.Web.Observability;

/// <summary>What is counted, by OTLP to the collector that the standard variables name, OTEL_EXPORTER_OTLP_ENDPOINT or that of metrics alone; the other variables of OTLP hold too.</summary>
public static class MetricsExport
{
    /// <summary>Whether a collector of metrics is named.</summary>
    internal static bool IsEnabled => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

    /// <summary>Whether one of traces is.</summary>
    internal static bool IsTracingEnabled => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /// <summary>Begins, for a command that runs long and serves nothing; ends when it is disposed. Null where no collector is named.</summary>
    public static IDisposable? Start() => IsEnabled
        ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(CreateResource()).AddMeter(LedgerMetrics.MeterName).AddOtlpExporter().Build()
        : null;

    internal static ResourceBuilder CreateResource() => ResourceBuilder.CreateDefault().AddService("cineledger", serviceVersion: ProductVersion.Text);

    private static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}
