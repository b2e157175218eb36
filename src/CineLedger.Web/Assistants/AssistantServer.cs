using CineLedger.Storage;
using CineLedger.Web.Http;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Resource = CineLedger.Web.Http.Resource;

namespace CineLedger.Web.Assistants;

/// <summary>The ledger as tools for assistants, by the Model Context Protocol.</summary>
internal static class AssistantServer
{
    /// <param name="services">Where to.</param>
    /// <param name="resources">What tools read.</param>
    public static void Add(IServiceCollection services, IReadOnlyList<Resource> resources)
    {
        services.AddSingleton(provider => CreateTools(
            resources,
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

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMcp("/mcp");

    public static McpServerPrimitiveCollection<McpServerTool> CreateTools(IReadOnlyList<Resource> resources, Func<Resource, AnswerEndpoint> endpoint, ILogger logger)
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (var words in ToolWords.All)
        {
            tools.Add(new LedgerTool(words, resources, endpoint, logger));
        }

        return tools;
    }

    public static void Describe(McpServerOptions server, McpServerPrimitiveCollection<McpServerTool> tools)
    {
        server.ServerInfo = new Implementation { Name = "cineledger", Title = "CineLedger", Version = ProductVersion.Text };
        server.ServerInstructions = ToolWords.Instructions;
        server.ToolCollection = tools;
    }
}
