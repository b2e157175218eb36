using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed partial class LoadCommandTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_load_writes_its_summary_to_standard_error_and_keeps_standard_output_for_data()
    {
        var load = await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        Assert.Empty(load.OutputBytes);
        Assert.Matches(@"(?m)^Records +2,004 read \(3 joined from split rows\)$", load.Error);
        Assert.Matches(@"(?m)^Movies +2,000 distinct$", load.Error);
        Assert.Matches(@"(?m)^  repair  split-record +3$", load.Error);
        Assert.Matches(@"(?m)^  drop    duplicate-record +\d+$", load.Error);
        Assert.Matches(@"(?m)^Snapshot +1 published: 2,000 added, 0 changed, 0 removed; 2,000 movies now, \d+ undated$", load.Error);
        Assert.Contains("SYNTHETIC", load.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Time +\d+\.\d\d s$", load.Error);
    }

    [Fact]
    public async Task The_summary_counts_match_the_listed_findings()
    {
        var load = await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        foreach (Match line in FindingLine().Matches(load.Error))
        {
            var idFilter = await _workspace.RunSuccessfullyAsync("findings", "--rule", line.Groups["rule"].Value, "--format", "ndjson");
            Assert.Equal(long.Parse(line.Groups["count"].Value, null), idFilter.OutputLines.Sum(row => JsonDocument.Parse(row).RootElement.GetProperty("occurrences").GetInt64()));
        }
    }

    [Fact]
    public async Task A_file_on_standard_input_needs_no_dash()
    {
        File.Copy(datasets.Movies, _workspace.GetPath("movies.zip"));
        var load = await _workspace.RunShellAsync("cineledger load < movies.zip");
        Assert.Equal(0, load.ExitCode);
        Assert.Matches(@"(?m)^Movies +2,000 distinct$", load.Error);
        Assert.Equal(0, (await _workspace.RunShellAsync("cat movies.zip | cineledger load -")).ExitCode);
    }

    [Theory]
    [InlineData("cineledger load < /dev/null")]
    [InlineData("cineledger load < empty.zip")]
    [InlineData(": | cineledger load")]
    [InlineData("sleep 1 | cineledger load")]
    public async Task Without_a_file_on_standard_input_a_source_is_required(string script)
    {
        _workspace.Write("empty.zip", "");
        Assert.Contains("Give a SOURCE (- for standard input)", Workspace.OneLine(await _workspace.RunShellAsync(script), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_load_of_the_same_dataset_reports_no_change_and_publishes_nothing()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var before = await _workspace.ReadAnswersAsync();
        var again = await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        Assert.Matches(@"(?m)^Snapshot +nothing new: still 1 \(no movie differs, so no row was written\)", again.Error);
        Assert.Single(await SnapshotsAsync());
        Assert.Equal(before, await _workspace.ReadAnswersAsync());
    }

    [Fact]
    public async Task The_reports_folder_has_the_same_content_as_the_report_commands()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--reports", "out/monthly");
        Assert.Equal(
            ["companies.csv", "company-genres.csv", "findings.csv", "genres.csv", "studios.csv"],
            Directory.GetFiles(_workspace.GetPath("out/monthly")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        foreach (var report in (string[])["companies", "genres", "company-genres", "studios"])
        {
            var printed = await _workspace.RunSuccessfullyAsync("report", report, "--format", "csv");
            Assert.Equal(printed.OutputBytes, await File.ReadAllBytesAsync(_workspace.GetPath($"out/monthly/{report}.csv"), TestContext.Current.CancellationToken));
        }

        var findings = await _workspace.RunSuccessfullyAsync("findings", "--format", "csv");
        Assert.Equal(findings.OutputBytes, await File.ReadAllBytesAsync(_workspace.GetPath("out/monthly/findings.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_changed_dataset_makes_a_second_snapshot_and_the_first_stays_readable()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var first = await _workspace.ReadAnswersAsync();
        var load = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
        Assert.Contains("2 published", load.Error, StringComparison.Ordinal);
        Assert.Equal(first, await _workspace.ReadAnswersAsync(snapshot: 1));
        Assert.NotEqual(first, await _workspace.ReadAnswersAsync());
    }

    [Fact]
    public async Task A_merge_adds_and_changes_movies_and_closes_none()
    {
        var lines = datasets.CleanLines();
        _workspace.Write("all.zip", Datasets.MovieZip(lines[..^1]));
        _workspace.Write("part.zip", Datasets.MovieZip([lines[0], lines[^1], .. lines[1..3].Select(line => line.Replace(",Released,", ",Rumored,", StringComparison.Ordinal))]));
        await _workspace.RunSuccessfullyAsync("load", "all.zip");
        var merge = await _workspace.RunSuccessfullyAsync("load", "part.zip", "--merge");
        Assert.Contains("2 published: 1 added, 2 changed, 0 removed; 300 movies now", merge.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_a_folder_a_CSV_file_and_standard_input_give_equal_reports()
    {
        var csv = Datasets.Csv(datasets.Movies);
        Directory.CreateDirectory(_workspace.GetPath("folder"));
        _workspace.Write("folder/movies_metadata.csv", csv);
        _workspace.Write("renamed.csv", csv);
        _workspace.Write("movies.zip", Datasets.MovieZip(Encoding.UTF8.GetString(csv).TrimEnd('\n').Split('\n')));
        await _workspace.RunSuccessfullyAsync("load", "movies.zip", "--store", "zip.duckdb");
        await _workspace.RunSuccessfullyAsync("load", "folder", "--store", "folder.duckdb");
        await _workspace.RunSuccessfullyAsync("load", "renamed.csv", "--store", "csv.duckdb");
        await PipeAsync(await File.ReadAllBytesAsync(_workspace.GetPath("movies.zip"), TestContext.Current.CancellationToken), "piped-zip.duckdb");
        await PipeAsync(csv, "piped-csv.duckdb");

        var expected = await _workspace.ReadAnswersAsync(store: "zip.duckdb");
        foreach (var store in (string[])["folder.duckdb", "csv.duckdb", "piped-zip.duckdb", "piped-csv.duckdb"])
        {
            Assert.Equal(expected, await _workspace.ReadAnswersAsync(store: store));
        }
    }

    [Fact]
    public async Task An_unchanged_source_on_a_web_server_is_not_downloaded_again()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Movies, TestContext.Current.CancellationToken);
        await using var server = new LoopbackServer((request, stream, stop) => request.Contains("If-None-Match: \"v1\"", StringComparison.OrdinalIgnoreCase)
            ? LoopbackServer.SendAsync(stream, "304 Not Modified\r\nETag: \"v1\"", [], stop)
            : LoopbackServer.SendAsync(stream, $"200 OK\r\nETag: \"v1\"\r\nContent-Length: {zip.Length}", zip, stop));
        await _workspace.RunSuccessfullyAsync("load", server.Address);
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", "local.duckdb");
        Assert.Equal(await _workspace.ReadAnswersAsync(store: "local.duckdb"), await _workspace.ReadAnswersAsync());

        var again = await _workspace.RunSuccessfullyAsync("load", server.Address);
        Assert.Matches(@"(?m)^Snapshot +nothing new: still 1 \(the source has not changed\)$", again.Error);
        Assert.DoesNotContain("Records", again.Error, StringComparison.Ordinal);
        var forced = await _workspace.RunSuccessfullyAsync("load", server.Address, "--force");
        Assert.Contains("2,004 read", forced.Error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(await SnapshotsAsync());
    }

    [Fact]
    public async Task The_store_comes_from_the_environment_unless_the_option_names_one()
    {
        var environment = new Dictionary<string, string> { ["CINELEDGER_STORE"] = _workspace.GetPath("from-environment.duckdb") };
        Assert.Equal(0, (await _workspace.RunAsync(["load", datasets.Clean], null, environment)).ExitCode);
        Assert.Equal(0, (await _workspace.RunAsync(["load", datasets.Clean, "--store", "from-option.duckdb"], null, environment)).ExitCode);
        Assert.Equal(
            ["from-environment.duckdb", "from-option.duckdb"],
            Directory.GetFiles(_workspace.Folder, "*.duckdb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        var report = await _workspace.RunAsync(["report", "genres", "--limit", "1", "--format", "csv"], null, environment);
        Assert.Equal(2, report.OutputLines.Length);
    }

    [Fact]
    public async Task A_load_leaves_nothing_behind_but_the_store()
    {
        await PipeAsync(Datasets.Csv(datasets.Clean), "ledger.duckdb");
        Assert.Equal(["ledger.duckdb"], Directory.GetFiles(_workspace.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!));
    }

    public void Dispose() => _workspace.Dispose();

    private async Task PipeAsync(byte[] content, string store)
    {
        using var input = new MemoryStream(content);
        var load = await _workspace.RunAsync(["load", "-", "--store", store], input);
        Assert.True(load.ExitCode == 0, load.Error);
        Assert.Contains("1 published", load.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> SnapshotsAsync() => (await _workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "ndjson")).OutputLines;

    [GeneratedRegex(@"(?m)^  \w+ +(?<rule>[a-z-]+) +(?<count>\d+)$")]
    private static partial Regex FindingLine();
}
