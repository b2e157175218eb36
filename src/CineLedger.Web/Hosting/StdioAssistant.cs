using CineLedger.Storage;
using CineLedger.Web.Assistants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace CineLedger.Web.Hosting;

/// <summary>The tools for assistants without a server, for a program that starts this one and speaks to it by its standard input.</summary>
public static class StdioAssistant
{
    /// <summary>Serves one assistant over standard input and output until it hangs up. Nothing else may write to standard output meanwhile.</summary>
    /// <param name="options">The ledger. It is never loaded, so that others may read the same file.</param>
    /// <param name="log">Where the log goes: not to standard output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(WebOptions options, Action<ILoggingBuilder> log, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => log(builder.SetMinimumLevel(LogLevel.Warning)));
        await using var pool = await LedgerPool.OpenAsync(options.Store, options.ReadStore, readOnly: true, logs.CreateLogger("CineLedger.Storage"), cancellationToken);

        // The tools are endpoints of a server that is put together, but never listens.
        await using var app = WebServer.Create(options, pool, builder => log(builder.Logging));
        var server = new McpServerOptions();
        AssistantServer.Describe(server, app.Services.GetRequiredService<McpServerPrimitiveCollection<McpServerTool>>());
        await using var transport = new StdioServerTransport(server.ServerInfo!.Name, logs);
        await using var running = McpServer.Create(transport, server, logs);
        await running.RunAsync(cancellationToken);
    }
}
