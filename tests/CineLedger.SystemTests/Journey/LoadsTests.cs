using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Journey;

/// <summary>What is kept of loads, however they end, and a server that loads by itself.</summary>
public sealed class LoadsTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_end_of_a_load_is_on_record()
    {
        await _desk.GoodAsync("load", datasets.Films);
        await _desk.GoodAsync("load", datasets.Films);
        Assert.Equal(1, (await _desk.RunAsync("load", "absent.zip")).ExitCode);
        await using (var slow = new SlowSource())
        {
            await using var stopped = _desk.Start("load", slow.Address);
            await slow.Asked.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            stopped.Signal(CineLedgerProcess.Terminate);
            Assert.Equal(1, (await stopped.WaitAsync()).ExitCode);
        }

        await using (var slow = new SlowSource())
        {
            await using var killed = _desk.Start("load", slow.Address);
            await slow.Asked.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            killed.Signal(CineLedgerProcess.Kill);
            await killed.WaitAsync();
        }

        Assert.Equal(3, (await _desk.RunAsync("load", datasets.Clean)).ExitCode);
        var loads = await LoadsAsync();
        Assert.Equal(["gated", "lost", "cancelled", "failed", "unchanged", "published"], loads.Select(load => load.GetProperty("state").GetString()));
        Assert.All(loads, load => Assert.Equal("command", load.GetProperty("trigger").GetString()));
        Assert.Contains("absent.zip", loads[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (loads[4].GetProperty("snapshotId").GetInt32(), loads[5].GetProperty("snapshotId").GetInt32()));
        Assert.Single(await LoadsAsync("--outcome", "gated", "--limit", "5"));
    }

    [Fact]
    public async Task A_load_that_is_stopped_while_its_ledger_is_being_made_says_so_and_leaves_one_that_can_be_loaded()
    {
        await using (var slow = new SlowSource())
        {
            await using var stopped = _desk.Start("load", slow.Address);
            await Wait.UntilAsync("the ledger is being made", () => File.Exists(_desk.Store) || stopped.HasExited);
            stopped.Signal(CineLedgerProcess.Terminate);
            Assert.Contains("stopped; nothing was published", Desk.OneLine(await stopped.WaitAsync(), 1), StringComparison.Ordinal);
        }

        await _desk.GoodAsync("load", datasets.Films);
    }

    [Fact]
    public async Task A_server_begins_with_nothing_loads_at_once_and_at_its_times_and_ends_cleanly_in_the_middle_of_a_load()
    {
        await using var served = await ServeProcess.StartAsync(_desk, "--load-every", "0 0 1 1 *", "--source", datasets.Films);
        await Wait.UntilAsync("a snapshot can be read", async () => (await served.Client.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
        Assert.Equal(0, (await served.EndAsync()).ExitCode);

        await using var slow = new SlowSource();
        await using var second = await ServeProcess.StartAsync(_desk, "--load-every", "* * * * * *", "--source", slow.Address);
        await slow.Asked.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.True((await second.Client.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
        Assert.Equal(0, (await second.EndAsync()).ExitCode);
        var loads = await LoadsAsync();
        Assert.Equal(["cancelled", "published"], loads.Select(load => load.GetProperty("state").GetString()));
        Assert.All(loads, load => Assert.Equal("schedule", load.GetProperty("trigger").GetString()));
    }

    public void Dispose() => _desk.Dispose();

    private async Task<JsonElement[]> LoadsAsync(params string[] options) =>
        [.. JsonDocument.Parse((await _desk.GoodAsync(["loads", "--format", "json", .. options])).Output).RootElement.GetProperty("data").EnumerateArray()];
}
