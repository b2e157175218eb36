using CineLedger.Model;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CineLedger.Web.Assistants;

/// <summary>Provides the ledger as tools for assistants over the Model Context Protocol.</summary>
internal static class AssistantServer
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new McpServerPrimitiveCollection<McpServerTool>());

        // Stateless, so that any node can serve any request.
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<McpServerPrimitiveCollection<McpServerTool>>(Describe);
    }

    /// <summary>Maps the protocol. The tools use the endpoints that are already mapped.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var resources = ResourceEndpoint.FindAll(endpoints.DataSources);
        var tools = endpoints.ServiceProvider.GetRequiredService<McpServerPrimitiveCollection<McpServerTool>>();
        var logger = endpoints.ServiceProvider.GetRequiredService<ILogger<LedgerTool>>();
        foreach (var definition in ToolDefinition.All)
        {
            tools.Add(new LedgerTool(definition, resources, logger));
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
