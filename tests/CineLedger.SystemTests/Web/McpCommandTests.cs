using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Web;
using ModelContextProtocol.Client;

namespace CineLedger.SystemTests.Web;

/// <summary>An assistant that starts <c>cineledger mcp</c> and speaks to it over standard input and output.</summary>
public sealed class McpCommandTests(ReadOnlyServer served) : AssistantSuite, IClassFixture<ReadOnlyServer>, IAsyncLifetime
{
    private McpClient? _client;

    protected override McpClient Client => _client!;

    public async ValueTask InitializeAsync() => _client = await McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions { Command = CineLedgerProcess.Executable, Arguments = ["mcp", "--store", served.File] }), cancellationToken: Cancel);

    public ValueTask DisposeAsync() => _client!.DisposeAsync();

    [Fact]
    public async Task Nothing_but_the_protocol_is_on_standard_output_and_it_ends_when_the_assistant_hangs_up()
    {
        const string hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
        using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{hello}\nthis is no message\n"));
        await using var process = CineLedgerProcess.Start(Path.GetDirectoryName(served.File)!, ["mcp", "--store", served.File, "--verbose"], input);
        var result = await process.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal("2.0", JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString()));
        Assert.Equal("cineledger", JsonDocument.Parse(lines[0]).RootElement.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_missing_ledger_is_one_line()
    {
        using var desk = new Desk();
        Assert.Contains("there is no ledger cineledger.duckdb: load a dataset first", Desk.OneLine(await desk.RunAsync("mcp"), 1), StringComparison.Ordinal);
    }

    protected override Task<string> ExpectedAsync(string address) => served.TextAsync(address);
}
