using ModelContextProtocol.Client;

namespace CineLedger.Tests.Web;

/// <summary>Runs the suite over HTTP, at <c>/mcp</c>.</summary>
public sealed class AssistantTests(InProcessServer served) : AssistantSuite, IClassFixture<InProcessServer>, IAsyncLifetime
{
    private McpClient? _client;

    protected override McpClient Client => _client!;

    public async ValueTask InitializeAsync() => _client = await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(served.Client.BaseAddress!, "/mcp") }, served.Client), cancellationToken: Cancel);

    public ValueTask DisposeAsync() => _client!.DisposeAsync();

    protected override Task<string> ExpectedAsync(string address) => served.TextAsync(address);
}
