using System.Net.Sockets;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Web;

/// <summary>The start and end of the commands that serve.</summary>
public sealed class ServeTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_missing_ledger_a_taken_port_and_an_invalid_address_each_give_a_one_line_error()
    {
        Assert.Contains("there is no ledger cineledger.duckdb: load a dataset first", Workspace.OneLine(await _workspace.RunAsync("serve"), 1), StringComparison.Ordinal);
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        Assert.Contains("is in use by another program", Workspace.OneLine(await _workspace.RunAsync("serve", "--urls", $"http://{taken.LocalEndpoint}"), 1), StringComparison.Ordinal);
        Assert.Contains("--urls: 'localhost' is not an address", Workspace.OneLine(await _workspace.RunAsync("serve", "--urls", "localhost"), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_serves_what_it_has_loaded_until_it_is_interrupted()
    {
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var up = _workspace.Start("up", datasets.Movies, "--urls", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, up);
        Assert.Contains("\"snapshot\":1", await client.GetStringAsync("/api/v1/reports/genres?limit=1", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        up.Signal(CineLedgerProcess.Interrupt);
        var result = await up.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"Serving cineledger.duckdb at {address} until Ctrl-C.", result.ErrorLines[^1]);
    }

    [Fact]
    public async Task A_ledger_that_is_served_to_be_read_only_can_be_read_by_others()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serve = _workspace.Start("serve", "--read-only", "--urls", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serve);
        var csv = await _workspace.RunSuccessfullyAsync("report", "genres", "--format", "csv");
        Assert.Equal(csv.Output, await client.GetStringAsync("/api/v1/reports/genres?format=csv", TestContext.Current.CancellationToken));
        serve.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serve.WaitAsync()).ExitCode);
    }

    public void Dispose() => _workspace.Dispose();
}
