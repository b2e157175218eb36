using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Storage;
using CineLedger.Web.Http;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

using CineLedger.Web.Assistants;

namespace CineLedger.Web.Hosting;

/// <summary>The tools for assistants without a server, for a program that starts this one and speaks to it by its standard input.</summary>
public static class StandardInputAssistant
{
    /// <summary>Serves one assistant over standard input and output until it hangs up. Nothing else may write to standard output meanwhile.</summary>
    /// <param name="options">The ledger. It is never loaded, so that others may read the same file.</param>
    /// <param name="log">Where the log goes: not to standard output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(WebOptions options, Action<ILoggingBuilder> log, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => log(builder.SetMinimumLevel(LogLevel.Warning)));
        await using var pool = await LedgerPool.OpenAsync(options.Store, options.ReadStore, readOnly: true, logs.CreateLogger("CineLedger.Storage"), cancellationToken);
        using var meter = new Meter(LedgerMetrics.MeterName);
        var metrics = new WebMetrics(meter, pool, new SnapshotFigures(pool), new StoreHosts(pool), new DiskSpace(options));
        using var cache = new AnswerCache(options, metrics);
        var server = new McpServerOptions();
        AssistantServer.Describe(server, AssistantServer.CreateTools(Endpoints.Resources, resource => new AnswerEndpoint(resource, pool, cache, options, metrics), logs.CreateLogger<LedgerTool>()));
        await using var transport = new StdioServerTransport(server.ServerInfo!.Name, logs);
        await using var running = McpServer.Create(transport, server, logs);
        await running.RunAsync(cancellationToken);
    }
}
