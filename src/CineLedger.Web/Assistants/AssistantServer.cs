using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CineLedger.Web.Assistants;

/// <summary>The ledger as tools for assistants, by the Model Context Protocol.</summary>
internal static class AssistantServer
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new McpServerPrimitiveCollection<McpServerTool>());

        // No sessions: any node answers any request.
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<McpServerPrimitiveCollection<McpServerTool>>(Describe);
    }

    /// <summary>Maps the protocol, with tools that ask the endpoints that are mapped already.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var resources = ResourceEndpoint.FindAll(endpoints.DataSources);
        var tools = endpoints.ServiceProvider.GetRequiredService<McpServerPrimitiveCollection<McpServerTool>>();
        var logger = endpoints.ServiceProvider.GetRequiredService<ILogger<LedgerTool>>();
        foreach (var words in ToolDefinition.All)
        {
            tools.Add(new LedgerTool(words, resources, logger));
        }

        endpoints.MapMcp("/mcp");
    }

    public static void Describe(McpServerOptions server, McpServerPrimitiveCollection<McpServerTool> tools)
    {
        server.ServerInfo = new Implementation { Name = "cineledger", Title = "CineLedger", Version = ProductVersion.Text };
        server.ServerInstructions = ToolDefinition.Instructions;
        server.ToolCollection = tools;
    }
}
