using System.Diagnostics.Metrics;
using CineLedger.Storage;
using CineLedger.Web.Answers;
using CineLedger.Web.Hosting;
using CineLedger.Web.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Resource = CineLedger.Web.Answers.Resource;

namespace CineLedger.Web.Assistants;

/// <summary>The ledger as tools for assistants, by the Model Context Protocol: at <c>/mcp</c>, and over standard input and output.</summary>
public static class AssistantServer
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
        Describe(server, Tools(resource => new AnswerEndpoint(resource, pool, cache, options, metrics), logs.CreateLogger<LedgerTool>()));
        await using var transport = new StdioServerTransport(server.ServerInfo!.Name, logs);
        await using var running = McpServer.Create(transport, server, logs);
        await running.RunAsync(cancellationToken);
    }

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => Tools(
            resource => new AnswerEndpoint(
                resource,
                provider.GetRequiredService<LedgerPool>(),
                provider.GetRequiredService<AnswerCache>(),
                provider.GetRequiredService<WebOptions>(),
                provider.GetRequiredService<WebMetrics>()),
            provider.GetRequiredService<ILogger<LedgerTool>>()));

        // No sessions: any node answers any request.
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<McpServerPrimitiveCollection<McpServerTool>>(Describe);
    }

    internal static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMcp("/mcp");

    private static McpServerPrimitiveCollection<McpServerTool> Tools(Func<Resource, AnswerEndpoint> endpoint, ILogger logger)
    {
        var resources = Modules.Resources().ToList();
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (var words in ToolWords.All)
        {
            tools.Add(new LedgerTool(words, resources, endpoint, logger));
        }

        return tools;
    }

    private static void Describe(McpServerOptions server, McpServerPrimitiveCollection<McpServerTool> tools)
    {
        server.ServerInfo = new Implementation { Name = "cineledger", Title = "CineLedger", Version = ProductVersion.Text };
        server.ServerInstructions = ToolWords.Instructions;
        server.ToolCollection = tools;
    }
}
