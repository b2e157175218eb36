using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Interruptions;

public sealed class BusyLedgerTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task While_a_load_holds_the_ledger_others_are_told_by_whom_and_end_with_4()
    {
        await _desk.GoodAsync("load", datasets.Films);

        // Held by its pipe, the load is under way for as long as the test needs it to be.
        await using var input = new HeldStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_desk.Folder, ["load", "-", "--allow-shrink"], input);
        await input.Drained;
        await InterruptedLoadTests.WaitUntilReadingAsync(_desk, load);
        foreach (var other in (string[][])[["load", datasets.Clean], ["report", "companies"], ["report", "genres"], ["findings"], ["snapshots", "list"], ["up", datasets.Clean]])
        {
            var line = Desk.OneLine(await _desk.RunAsync(other), 4);
            Assert.Contains("cineledger.duckdb is in use", line, StringComparison.Ordinal);
            Assert.Contains($"process {load.Id}", line, StringComparison.Ordinal);
            Assert.Contains("try again", line, StringComparison.Ordinal);
        }

        input.Release();
        var result = await load.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("2 published", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_loads_at_once_one_publishes_and_the_other_is_refused_or_comes_second()
    {
        await using var one = _desk.Start("load", datasets.Large);
        await using var two = _desk.Start("load", datasets.Large);
        CommandResult[] results = [await one.WaitAsync(), await two.WaitAsync()];
        Assert.Contains(results, result => result.ExitCode == 0 && result.Error.Contains("1 published", StringComparison.Ordinal));
        Assert.All(results.Where(result => result.ExitCode != 0), result => Assert.Contains("in use", Desk.OneLine(result, 4), StringComparison.Ordinal));
        Assert.Single((await _desk.GoodAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        Assert.Equal(["cineledger.duckdb"], Directory.GetFiles(_desk.Folder).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public async Task Reports_run_side_by_side()
    {
        await _desk.GoodAsync("load", datasets.Films);
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _desk.GoodAsync("report", "companies", "--format", "csv")));
        Assert.All(reports, report => Assert.Equal(reports[0].Output, report.Output));
    }

    public void Dispose() => _desk.Dispose();
}
