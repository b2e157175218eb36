using System.Diagnostics;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Web;
using ModelContextProtocol.Client;

namespace CineLedger.SystemTests.Web;

/// <summary>An assistant that starts <c>cineledger mcp</c> and communicates with it over standard input and output.</summary>
public sealed class McpCommandTests(AssistedLedger assisted) : AssistantSuite, IClassFixture<AssistedLedger>
{
    protected override McpClient Client => assisted.Assistant;

    [Fact]
    public async Task Nothing_but_the_protocol_is_on_standard_output_and_it_ends_when_the_assistant_hangs_up()
    {
        using var process = Process.Start(new ProcessStartInfo(CineLedgerProcess.Executable, ["mcp", "--store", assisted.File, "--verbose"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteLineAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        var first = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(Cancel))!).RootElement;
        Assert.Equal("cineledger", first.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        await process.StandardInput.WriteLineAsync("this is no message");
        process.StandardInput.Close();
        var others = (await process.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(others, line => Assert.Equal("2.0", JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString()));
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_missing_ledger_is_one_line()
    {
        using var workspace = new Workspace();
        Assert.Contains("there is no ledger cineledger.duckdb: load a dataset first", Workspace.OneLine(await workspace.RunAsync("mcp"), 1), StringComparison.Ordinal);
    }

    protected override Task<string> ExpectedAsync(string address) => assisted.TextAsync(address);
}

/// <summary>A ledger that is served read-only while an assistant reads it too.</summary>
public sealed class AssistedLedger : ProcessServer
{
    public McpClient Assistant { get; private set; } = null!;

    public string File => Store;

    protected override string[] Options => ["--read-only"];

    protected override async Task<HttpClient> StartAsync()
    {
        var client = await base.StartAsync();
        Assistant = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = CineLedgerProcess.Executable,
            Arguments = ["mcp", "--store", Store],
        }));
        return client;
    }

    protected override async Task StopAsync()
    {
        await Assistant.DisposeAsync();
        await base.StopAsync();
    }
}
