using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Web.Errors;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CineLedger.Web.Observability;

/// <summary>
/// OpenTelemetry: <c>/metrics</c> for Prometheus, and metrics and traces by OTLP if OTEL_EXPORTER_OTLP_ENDPOINT is set. The other standard variables of
/// OTLP apply too. It starts one second after the server, or at the first scrape, so that it does not delay the first responses. The server's own counters
/// start with the server.
/// </summary>
internal sealed class Telemetry(IMeterFactory meters, SnapshotGauges gauges, StoreHostMetrics hosts, ScheduleMetrics schedule, IServiceProvider services)
    : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    /// <summary>The runtime's metrics that show the health of a server; the others are left out.</summary>
    private static readonly HashSet<string> RuntimeMeter =
    [
        "dotnet.process.cpu.time", "dotnet.process.memory.working_set", "dotnet.gc.collections", "dotnet.gc.pause.time", "dotnet.gc.last_collection.heap.size",
        "dotnet.exceptions",
    ];

    private readonly Lock _starting = new();
    private readonly CancellationTokenSource _ended = new();
    private MeterProvider? _metrics;
    private TracerProvider? _traces;
    private RequestDelegate? _scrape;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var telemetry = services.GetRequiredService<Telemetry>();
        endpoints.MapMethods("/metrics", [HttpMethods.Get, HttpMethods.Head], telemetry.ScrapeAsync)
            .WithSummary("The server's metrics, for Prometheus").WithTags("Health")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/plain"]));
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _ = telemetry.StartDelayedAsync());
    }

    public void Dispose()
    {
        lock (_starting)
        {
            _ended.Cancel();
            _metrics?.Dispose();
            _traces?.Dispose();
        }

        _ended.Dispose();
    }

    /// <summary>Excludes the meters of other servers in the same process, which have the same names.</summary>
    private static bool IsIncluded(Instrument instrument, IMeterFactory meters) => instrument.Meter.Name == "System.Runtime"
        ? RuntimeMeter.Contains(instrument.Name)
        : instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters);

    private async Task ScrapeAsync(HttpContext http)
    {
        // Prometheus scrapes nodes directly. A proxy in front of a public server passes anybody's request, in spellings that its own rules may miss.
        if (ReferenceEquals(http.User, ApiCaller.Public) && LocalRequests.IsForwarded(http))
        {
            throw Problems.KeyRequired();
        }

        var scrape = Start() ?? throw new OperationCanceledException("the server is stopping.");
        await Task.WhenAll(gauges.ReadAsync(http.RequestAborted), hosts.ReadAsync(http.RequestAborted), schedule.ReadAsync(http.RequestAborted));
        await scrape(http);
    }

    private async Task StartDelayedAsync()
    {
        try
        {
            await Task.Delay(Delay, _ended.Token);
            Start();
        }
        catch (OperationCanceledException)
        {
            // The server stopped first.
        }
    }

    /// <summary>Starts collecting, unless it has started. Returns the handler of <c>/metrics</c>, or null when the server has stopped.</summary>
    private RequestDelegate? Start()
    {
        lock (_starting)
        {
            if (_scrape is null && !_ended.IsCancellationRequested)
            {
                var about = MetricsExport.CreateResource();
                var metrics = Sdk.CreateMeterProviderBuilder()
                    .SetResourceBuilder(about)
                    .AddMeter(LedgerMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
                    .AddView(instrument => IsIncluded(instrument, meters) ? null : MetricStreamConfiguration.Drop)
                    .AddPrometheusExporter(prometheus =>
                    {
                        prometheus.ScopeInfoEnabled = false;
                        prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
                    });
                if (MetricsExport.IsEnabled)
                {
                    metrics.AddOtlpExporter();
                }

                if (MetricsExport.IsTracingEnabled)
                {
                    _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(about).AddAspNetCoreInstrumentation().AddSource("Npgsql").AddOtlpExporter().Build();
                }

                _metrics = metrics.Build();
                _scrape = new ApplicationBuilder(services)
                    .UseOpenTelemetryPrometheusScrapingEndpoint(_metrics, predicate: _ => true, path: null, configureBranchedPipeline: null, optionsName: null)
                    .Build();
            }

            return _scrape;
        }
    }
}
