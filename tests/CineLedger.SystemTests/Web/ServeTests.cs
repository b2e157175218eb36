using System.Net.Sockets;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Web;

/// <summary>How the commands that serve begin and end.</summary>
public sealed class ServeTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task A_missing_ledger_a_taken_port_and_a_wrong_address_are_one_line_each()
    {
        Assert.Contains("there is no ledger cineledger.duckdb: load a dataset first", Desk.OneLine(await _desk.RunAsync("serve"), 1), StringComparison.Ordinal);
        await _desk.GoodAsync("load", datasets.Clean);
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        Assert.Contains("is taken by another program", Desk.OneLine(await _desk.RunAsync("serve", "--urls", $"http://{taken.LocalEndpoint}"), 1), StringComparison.Ordinal);
        Assert.Contains("--urls: 'localhost' is no address", Desk.OneLine(await _desk.RunAsync("serve", "--urls", "localhost"), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_serves_what_it_has_loaded_until_it_is_interrupted()
    {
        var address = $"http://127.0.0.1:{ProcessServer.FreePort()}";
        await using var up = _desk.Start("up", datasets.Films, "--urls", address);
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
        await _desk.GoodAsync("load", datasets.Clean);
        var address = $"http://127.0.0.1:{ProcessServer.FreePort()}";
        await using var serve = _desk.Start("serve", "--read-only", "--urls", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serve);
        var csv = await _desk.GoodAsync("report", "genres", "--format", "csv");
        Assert.Equal(csv.Output, await client.GetStringAsync("/api/v1/reports/genres?format=csv", TestContext.Current.CancellationToken));
        serve.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serve.WaitAsync()).ExitCode);
    }

    public void Dispose() => _desk.Dispose();
}
