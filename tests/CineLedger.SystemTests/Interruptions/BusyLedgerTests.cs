using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Interruptions;

public sealed class BusyLedgerTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Other_changes_exit_with_4_and_name_the_load_that_holds_the_ledger()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);

        // The pipe keeps the load running for as long as the test needs.
        await using var input = new BlockingStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent], input);
        await input.Drained;
        await InterruptedLoadTests.WaitUntilReadingAsync(_workspace, load);
        foreach (var other in (string[][])[["load", datasets.Clean], ["snapshots", "prune", "--keep", "1"], ["studios", "import", "none"], ["up", datasets.Clean]])
        {
            var line = Workspace.OneLine(await _workspace.RunAsync(other), 4);
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
    public async Task Concurrent_loads_publish_one_after_another_or_one_is_refused()
    {
        await using var one = _workspace.Start("load", datasets.Large);
        await using var two = _workspace.Start("load", datasets.Large);
        CommandResult[] results = [await one.WaitAsync(), await two.WaitAsync()];
        Assert.Contains(results, result => result.ExitCode == 0 && result.Error.Contains("1 published", StringComparison.Ordinal));
        Assert.All(results.Where(result => result.ExitCode != 0), result => Assert.Contains("in use", Workspace.OneLine(result, 4), StringComparison.Ordinal));
        Assert.Single((await _workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        Assert.Equal(["cineledger.duckdb"], Directory.GetFiles(_workspace.Folder).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public async Task Reports_run_concurrently()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _workspace.RunSuccessfullyAsync("report", "companies", "--format", "csv")));
        Assert.All(reports, report => Assert.Equal(reports[0].Output, report.Output));
    }

    public void Dispose() => _workspace.Dispose();
}
