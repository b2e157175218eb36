using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>Loads that are killed at points spread over the bytes that an undisturbed load reads and writes.</summary>
public sealed class KilledLoadTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    /// <summary>The number of bytes that an undisturbed load reads and writes.</summary>
    private long _whole;

    [Fact]
    public async Task A_load_killed_at_any_point_leaves_the_old_snapshot_unchanged_and_the_next_load_works()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var before = await _workspace.ReadAnswersAsync();
        var bytes = await File.ReadAllBytesAsync(_workspace.Store, TestContext.Current.CancellationToken);
        await MeasureAsync();
        var random = new Random(20);
        var killed = 0;
        for (var i = 0; i < 14; i++)
        {
            await File.WriteAllBytesAsync(_workspace.Store, bytes, TestContext.Current.CancellationToken);
            killed += await KillAsync(0.1 + (0.9 * random.NextDouble())) ? 1 : 0;
            Assert.Equal(before, await _workspace.ReadAnswersAsync(snapshot: 1));
            await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
            Assert.Equal("0", await CountLeftoversAsync());
            if (i < 13)
            {
                RemoveStore();
            }
        }

        Assert.Equal(before, await _workspace.ReadAnswersAsync(snapshot: 1));
        Assert.NotEqual(0, killed);
    }

    [Fact]
    public async Task Killing_a_first_load_at_any_point_does_not_block_the_next()
    {
        await MeasureAsync();
        RemoveStore();
        var random = new Random(6);
        var killed = 0;
        for (var i = 0; i < 6; i++)
        {
            // The early points fall in the creation of the ledger.
            killed += await KillAsync((i < 4 ? 0.3 : 0.9) * random.NextDouble()) ? 1 : 0;
            var query = await _workspace.RunAsync("report", "genres", "--format", "csv");
            Assert.True(query.ExitCode == 0 || Workspace.OneLine(query, 1).Contains("load a dataset first", StringComparison.Ordinal), query.Error);
            await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
            RemoveStore();
        }

        Assert.NotEqual(0, killed);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Measures a complete load, which the caller undoes.</summary>
    private async Task MeasureAsync()
    {
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent);
        _whole = await load.TransferAllAsync();
        Assert.Equal(0, (await load.WaitAsync()).ExitCode);
    }

    /// <summary>Starts a load and kills it after this part of its bytes. Returns false when it ended first.</summary>
    private async Task<bool> KillAsync(double part)
    {
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent);
        if (!await load.WaitForTransferAsync((long)(_whole * part)))
        {
            return false;
        }

        load.Signal(CineLedgerProcess.Kill);
        return (await load.WaitAsync()).ExitCode != 0;
    }

    /// <summary>Counts the figures of snapshots that were not published, and violations and findings of gates without a load.</summary>
    private async Task<string> CountLeftoversAsync() => (await _workspace.RunSuccessfullyAsync(
        "sql", "--format", "csv",
        """
        SELECT (SELECT COUNT(*) FROM snapshot_figure WHERE snapshot_id NOT IN (SELECT snapshot_id FROM snapshot))
            + (SELECT COUNT(*) FROM load_gate WHERE run_id NOT IN (SELECT run_id FROM load_run)) + (SELECT COUNT(*) FROM load_finding WHERE run_id NOT IN (SELECT run_id FROM load_run))
        """)).Output.Split('\n')[1].Trim();

    private void RemoveStore()
    {
        foreach (var file in Directory.GetFiles(_workspace.Folder, "cineledger.duckdb*"))
        {
            File.Delete(file);
        }
    }
}
