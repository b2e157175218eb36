using CineLedger.Storage;
using CineLedger.Web.Assistants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace CineLedger.Web.Hosting;

/// <summary>Serves the tools for assistants over standard input and output, without a server.</summary>
public static class StdioAssistant
{
    /// <summary>Serves one assistant until it closes the connection. Nothing else may write to standard output meanwhile.</summary>
    /// <param name="options">The ledger, which is opened read-only, so that other processes can read the same file.</param>
    /// <param name="log">Configures the log, which must not use standard output.</param>
    /// <param name="cancellationToken">Stops serving.</param>
    public static async Task RunAsync(WebOptions options, Action<ILoggingBuilder> log, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => log(builder.SetMinimumLevel(LogLevel.Warning)));
        await using var pool = await LedgerPool.OpenAsync(options.Store, options.ReadStore, readOnly: true, logs.CreateLogger("CineLedger.Storage"), cancellationToken);

        // The tools use the endpoints of a server that is built but never started.
        await using var app = WebServer.Create(options, pool, builder => log(builder.Logging));
        var server = new McpServerOptions();
        AssistantServer.Describe(server, app.Services.GetRequiredService<McpServerPrimitiveCollection<McpServerTool>>());
        await using var transport = new StdioServerTransport(server.ServerInfo!.Name, logs);
        await using var running = McpServer.Create(transport, server, logs);
        await running.RunAsync(cancellationToken);
    }
}
