using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Commands;

/// <summary>Tests <c>cineledger load --dry-run</c>: its output, its exit codes, and that it leaves nothing behind.</summary>
public sealed class DryRunCommandTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_ledger_it_prints_what_a_first_load_would_do_and_creates_none()
    {
        var run = await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--dry-run");
        Assert.Empty(run.Error);
        Assert.Contains("with nothing, because the ledger has no snapshot; the gates of a first load apply", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Records +2,004 read, 2,000 distinct movies$", run.Output);
        Assert.Matches(@"(?m)^Result +would be published: 2,000 added, 0 changed, 0 removed; 2,000 movies in total, \d+ undated$", run.Output);
        Assert.Matches(@"(?m)^Layout +The Movies Dataset$", run.Output);
        Assert.Matches(@"(?m)^repair +split-record +3$", run.Output);
        Assert.Contains("No gate would fire.", run.Output, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_gate_is_reported_with_exit_code_3_and_the_error_of_the_load_and_the_ledger_keeps_its_bytes()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var bytes = await File.ReadAllBytesAsync(_workspace.Store, Cancel);
        var run = await _workspace.RunAsync("load", datasets.Small, "--dry-run");
        Assert.Equal(3, run.ExitCode);
        Assert.Matches(@"(?m)^Compared +with snapshot 1$", run.Output);
        Assert.Matches(@"(?m)^Result +would be stopped by .*shrink.*; if accepted: ", run.Output);
        Assert.Matches(@"(?m)^shrink +the dataset lacks [\d,]+ of the ledger's 2,000 movies", run.Output);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_workspace.Store, Cancel));
        AssertNothingIsLeft("cineledger.duckdb");

        var accepted = await _workspace.RunSuccessfullyAsync("load", datasets.Small, "--dry-run", "--accept", Workspace.AnyContent);
        Assert.Contains("(accepted)", accepted.Output, StringComparison.Ordinal);
        Assert.Contains("would be published", accepted.Output, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_workspace.Store, Cancel));
        Assert.Equal((await _workspace.RunAsync("load", datasets.Small)).Error, run.Error);
    }

    [Fact]
    public async Task It_counts_what_the_load_then_does_and_an_unchanged_source_would_publish_nothing()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        var run = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--dry-run", "--accept", Workspace.AnyContent, "--format", "json");
        var counts = JsonDocument.Parse(run.Output).RootElement.GetProperty("data").GetProperty("counts");
        var load = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
        Assert.Contains($"{counts.GetProperty("added")} added, {counts.GetProperty("changed")} changed, {counts.GetProperty("removed")} removed", load.Error, StringComparison.Ordinal);
        var again = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--dry-run");
        Assert.Contains("would publish nothing, because no movie differs", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_standard_input_and_reports_a_bad_source_like_a_load()
    {
        await using var input = File.OpenRead(datasets.Small);
        var run = await _workspace.RunAsync(["load", "-", "--dry-run"], input);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("standard input", run.Output, StringComparison.Ordinal);
        _workspace.Write("page.csv", "<!DOCTYPE html><html><body>Log in</body></html>");
        Assert.Contains("this is a web page", Workspace.OneLine(await _workspace.RunAsync("load", "page.csv", "--dry-run"), 1), StringComparison.Ordinal);
        Assert.Contains("no such file", Workspace.OneLine(await _workspace.RunAsync("load", "missing.csv", "--dry-run"), 1), StringComparison.OrdinalIgnoreCase);
        AssertNothingIsLeft("page.csv");
    }

    [Fact]
    public async Task While_a_server_has_the_ledger_open_the_newest_snapshot_is_compared()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        await using var server = await ServeProcess.StartAsync(_workspace, "--load-from", Path.GetDirectoryName(datasets.Clean)!);
        var loaded = await server.LoadAsync(new { source = "clean.zip", accept = Workspace.AnyContent.Split(',') });
        Assert.Equal("published", loaded.GetProperty("state").GetString());
        var same = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--dry-run");
        Assert.Matches(@"(?m)^Compared +with snapshot 2$", same.Output);
        Assert.Contains("would publish nothing, because no movie differs", same.Output, StringComparison.Ordinal);
        Assert.Contains("nothing new: still 2", (await _workspace.RunSuccessfullyAsync("load", datasets.Clean)).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await server.JsonAsync("/api/v1/movies")).GetProperty("meta").GetProperty("snapshot").GetInt32());
    }

    [Theory]
    [InlineData("--reports", "out")]
    [InlineData("--archive", "out")]
    [InlineData("--from-archive", "out")]
    public async Task An_option_that_writes_something_cannot_be_combined(string option, string value)
    {
        string[] source = option == "--from-archive" ? [] : [datasets.Small];
        Assert.Contains($"--dry-run cannot be combined with {option}.", Workspace.OneLine(await _workspace.RunAsync(["load", .. source, "--dry-run", option, value]), 2), StringComparison.Ordinal);
        Assert.Contains("--format: requires --dry-run", Workspace.OneLine(await _workspace.RunAsync("load", datasets.Small, "--format", "json"), 2), StringComparison.Ordinal);
        Assert.Contains("SOURCE", Workspace.OneLine(await _workspace.RunAsync("load", "--dry-run"), 2), StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Asserts that the folder has no other files, and that the folder for temporary files is empty.</summary>
    private void AssertNothingIsLeft(params string[] files)
    {
        Assert.Equal(files, Directory.GetFiles(_workspace.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.GetPath("tmp")));
    }
}
