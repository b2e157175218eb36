using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Commands;

/// <summary>The records of loads, however they end, and a server that loads on a schedule.</summary>
public sealed class LoadsCommandTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_outcome_of_a_load_is_recorded()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        Assert.Equal(1, (await _workspace.RunAsync("load", "absent.zip")).ExitCode);
        await using (var slow = new SlowSource())
        {
            await using var stopped = _workspace.Start("load", slow.Address);
            await slow.Requested.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            stopped.Signal(CineLedgerProcess.Terminate);
            Assert.Equal(1, (await stopped.WaitAsync()).ExitCode);
        }

        await using (var slow = new SlowSource())
        {
            await using var killed = _workspace.Start("load", slow.Address);
            await slow.Requested.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            killed.Signal(CineLedgerProcess.Kill);
            await killed.WaitAsync();
        }

        Assert.Equal(3, (await _workspace.RunAsync("load", datasets.Clean)).ExitCode);
        var loads = await LoadsAsync();
        Assert.Equal(["gated", "lost", "cancelled", "failed", "unchanged", "published"], loads.Select(load => load.GetProperty("state").GetString()));
        Assert.All(loads, load => Assert.Equal("command", load.GetProperty("trigger").GetString()));
        Assert.Contains("absent.zip", loads[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (loads[4].GetProperty("snapshotId").GetInt32(), loads[5].GetProperty("snapshotId").GetInt32()));
        Assert.Single(await LoadsAsync("--outcome", "gated", "--limit", "5"));
    }

    [Fact]
    public async Task A_load_interrupted_while_creating_its_ledger_leaves_a_usable_one()
    {
        await using (var slow = new SlowSource())
        {
            await using var stopped = _workspace.Start("load", slow.Address);
            await Wait.UntilAsync("the ledger is being created", () => File.Exists(_workspace.Store) || stopped.HasExited);
            stopped.Signal(CineLedgerProcess.Terminate);
            Assert.Contains("stopped; nothing was published", Workspace.OneLine(await stopped.WaitAsync(), 1), StringComparison.Ordinal);
        }

        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
    }

    [Fact]
    public async Task A_server_starts_empty_loads_on_schedule_and_shuts_down_cleanly_during_a_load()
    {
        await using var served = await ServeProcess.StartAsync(_workspace, "--load-every", "0 0 1 1 *", "--source", datasets.Movies);
        await Wait.UntilAsync("a snapshot can be read", async () => (await served.Client.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
        Assert.Equal(0, (await served.EndAsync()).ExitCode);

        await using var slow = new SlowSource();
        await using var second = await ServeProcess.StartAsync(_workspace, "--load-every", "* * * * * *", "--source", slow.Address);
        await slow.Requested.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.True((await second.Client.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
        Assert.Equal(0, (await second.EndAsync()).ExitCode);
        var loads = await LoadsAsync();
        Assert.Equal(["cancelled", "published"], loads.Select(load => load.GetProperty("state").GetString()));
        Assert.All(loads, load => Assert.Equal("schedule", load.GetProperty("trigger").GetString()));
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<JsonElement[]> LoadsAsync(params string[] options) =>
        [.. JsonDocument.Parse((await _workspace.RunSuccessfullyAsync(["loads", "--format", "json", .. options])).Output).RootElement.GetProperty("data").EnumerateArray()];
}
