using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>Loads that are killed at points spread over the bytes that an undisturbed one reads and writes.</summary>
public sealed class KilledLoadTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    /// <summary>The number of bytes that an undisturbed load reads and writes.</summary>
    private long _whole;

    [Fact]
    public async Task A_load_killed_at_any_point_leaves_the_old_snapshot_to_the_byte_and_the_next_load_works()
    {
        await _desk.GoodAsync("load", datasets.Films);
        var before = await _desk.AnswersAsync();
        var bytes = await File.ReadAllBytesAsync(_desk.Store, TestContext.Current.CancellationToken);
        await MeasureAsync();
        var random = new Random(20);
        var killed = 0;
        for (var i = 0; i < 14; i++)
        {
            await File.WriteAllBytesAsync(_desk.Store, bytes, TestContext.Current.CancellationToken);
            killed += await KillAsync(0.1 + (0.9 * random.NextDouble())) ? 1 : 0;
            Assert.Equal(before, await _desk.AnswersAsync(snapshot: 1));
            await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink");
            if (i < 13)
            {
                RemoveStore();
            }
        }

        Assert.Equal(before, await _desk.AnswersAsync(snapshot: 1));
        Assert.NotEqual(0, killed);
    }

    [Fact]
    public async Task A_first_load_killed_at_any_point_is_no_obstacle_to_the_next()
    {
        await MeasureAsync();
        RemoveStore();
        var random = new Random(6);
        var killed = 0;
        for (var i = 0; i < 6; i++)
        {
            // The early points are those at which a new ledger is made.
            killed += await KillAsync((i < 4 ? 0.3 : 0.9) * random.NextDouble()) ? 1 : 0;
            var asked = await _desk.RunAsync("report", "genres", "--format", "csv");
            Assert.True(asked.ExitCode == 0 || Desk.OneLine(asked, 1).Contains("load a dataset first", StringComparison.Ordinal), asked.Error);
            await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink");
            RemoveStore();
        }

        Assert.NotEqual(0, killed);
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>A load that the caller undoes.</summary>
    private async Task MeasureAsync()
    {
        await using var load = _desk.Start("load", datasets.Large, "--allow-shrink");
        _whole = await load.TransferAllAsync();
        Assert.Equal(0, (await load.WaitAsync()).ExitCode);
    }

    /// <summary>Starts a load and kills it after a part of its bytes. False where it was done before.</summary>
    private async Task<bool> KillAsync(double part)
    {
        await using var load = _desk.Start("load", datasets.Large, "--allow-shrink");
        if (!await load.TransfersAsync((long)(_whole * part)))
        {
            return false;
        }

        load.Signal(CineLedgerProcess.Kill);
        return (await load.WaitAsync()).ExitCode != 0;
    }

    private void RemoveStore()
    {
        foreach (var file in Directory.GetFiles(_desk.Folder, "cineledger.duckdb*"))
        {
            File.Delete(file);
        }
    }
}
