using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Journey;

public sealed partial class LoadTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task A_load_sums_up_on_standard_error_and_keeps_standard_output_for_data()
    {
        var load = await _desk.GoodAsync("load", datasets.Films);
        Assert.Empty(load.OutputBytes);
        Assert.Matches(@"(?m)^Records +2,004 read \(3 of them joined from broken rows\)$", load.Error);
        Assert.Matches(@"(?m)^Films +2,000 distinct$", load.Error);
        Assert.Matches(@"(?m)^  repair  split-record +3$", load.Error);
        Assert.Matches(@"(?m)^  drop    duplicate-record +\d+$", load.Error);
        Assert.Matches(@"(?m)^Snapshot +1 published: 2,000 added, 0 changed, 0 removed; 2,000 films now, \d+ undated$", load.Error);
        Assert.Contains("SYNTHETIC", load.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Time +\d+\.\d\d s$", load.Error);
    }

    [Fact]
    public async Task The_summary_counts_the_findings_that_the_list_then_shows()
    {
        var load = await _desk.GoodAsync("load", datasets.Films);
        foreach (Match line in FindingLine().Matches(load.Error))
        {
            var listed = await _desk.GoodAsync("findings", "--rule", line.Groups["rule"].Value, "--format", "ndjson");
            Assert.Equal(long.Parse(line.Groups["count"].Value, null), listed.OutputLines.Sum(row => JsonDocument.Parse(row).RootElement.GetProperty("occurrences").GetInt64()));
        }
    }

    [Fact]
    public async Task A_second_load_of_the_same_says_nothing_new_and_publishes_nothing()
    {
        await _desk.GoodAsync("load", datasets.Films);
        var before = await _desk.AnswersAsync();
        var again = await _desk.GoodAsync("load", datasets.Films);
        Assert.Matches(@"(?m)^Snapshot +nothing new: still 1, every film is as it was", again.Error);
        Assert.Single(await SnapshotsAsync());
        Assert.Equal(before, await _desk.AnswersAsync());
    }

    [Fact]
    public async Task The_reports_folder_holds_what_the_reports_print()
    {
        await _desk.GoodAsync("load", datasets.Films, "--reports", "out/monthly");
        Assert.Equal(
            ["companies.csv", "company-genres.csv", "findings.csv", "genres.csv"],
            Directory.GetFiles(_desk.PathOf("out/monthly")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        foreach (var report in (string[])["companies", "genres", "company-genres"])
        {
            var printed = await _desk.GoodAsync("report", report, "--format", "csv");
            Assert.Equal(printed.OutputBytes, await File.ReadAllBytesAsync(_desk.PathOf($"out/monthly/{report}.csv"), TestContext.Current.CancellationToken));
        }

        var findings = await _desk.GoodAsync("findings", "--format", "csv");
        Assert.Equal(findings.OutputBytes, await File.ReadAllBytesAsync(_desk.PathOf("out/monthly/findings.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_changed_dataset_makes_a_second_snapshot_and_the_first_still_answers_as_it_did()
    {
        await _desk.GoodAsync("load", datasets.Films);
        var first = await _desk.AnswersAsync();
        var load = await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink");
        Assert.Contains("2 published", load.Error, StringComparison.Ordinal);
        Assert.Equal(first, await _desk.AnswersAsync(snapshot: 1));
        Assert.NotEqual(first, await _desk.AnswersAsync());
    }

    [Fact]
    public async Task A_merge_adds_and_changes_films_and_closes_none()
    {
        var lines = datasets.CleanLines();
        _desk.Write("all.zip", Datasets.MovieZip(lines[..^1]));
        _desk.Write("part.zip", Datasets.MovieZip([lines[0], lines[^1], .. lines[1..3].Select(line => line.Replace(",Released,", ",Rumored,", StringComparison.Ordinal))]));
        await _desk.GoodAsync("load", "all.zip");
        var merge = await _desk.GoodAsync("load", "part.zip", "--merge");
        Assert.Contains("2 published: 1 added, 2 changed, 0 removed; 300 films now", merge.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_may_be_a_zip_a_folder_a_csv_file_or_standard_input_and_all_report_the_same_bytes()
    {
        var csv = Datasets.Csv(datasets.Films);
        Directory.CreateDirectory(_desk.PathOf("folder"));
        _desk.Write("folder/movies_metadata.csv", csv);
        _desk.Write("renamed.csv", csv);
        _desk.Write("films.zip", Datasets.MovieZip(Encoding.UTF8.GetString(csv).TrimEnd('\n').Split('\n')));
        await _desk.GoodAsync("load", "films.zip", "--store", "zip.duckdb");
        await _desk.GoodAsync("load", "folder", "--store", "folder.duckdb");
        await _desk.GoodAsync("load", "renamed.csv", "--store", "csv.duckdb");
        await PipeAsync(await File.ReadAllBytesAsync(_desk.PathOf("films.zip"), TestContext.Current.CancellationToken), "piped-zip.duckdb");
        await PipeAsync(csv, "piped-csv.duckdb");

        var expected = await _desk.AnswersAsync(store: "zip.duckdb");
        foreach (var store in (string[])["folder.duckdb", "csv.duckdb", "piped-zip.duckdb", "piped-csv.duckdb"])
        {
            Assert.Equal(expected, await _desk.AnswersAsync(store: store));
        }
    }

    [Fact]
    public async Task A_source_on_a_web_server_is_asked_whether_it_changed_and_not_fetched_again()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Films, TestContext.Current.CancellationToken);
        await using var server = new LoopbackServer((request, stream, stop) => request.Contains("If-None-Match: \"v1\"", StringComparison.OrdinalIgnoreCase)
            ? LoopbackServer.SendAsync(stream, "304 Not Modified\r\nETag: \"v1\"", [], stop)
            : LoopbackServer.SendAsync(stream, $"200 OK\r\nETag: \"v1\"\r\nContent-Length: {zip.Length}", zip, stop));
        await _desk.GoodAsync("load", server.Address);
        await _desk.GoodAsync("load", datasets.Films, "--store", "local.duckdb");
        Assert.Equal(await _desk.AnswersAsync(store: "local.duckdb"), await _desk.AnswersAsync());

        var again = await _desk.GoodAsync("load", server.Address);
        Assert.Matches(@"(?m)^Snapshot +nothing new: still 1, the source has not changed since$", again.Error);
        Assert.DoesNotContain("Records", again.Error, StringComparison.Ordinal);
        var forced = await _desk.GoodAsync("load", server.Address, "--force");
        Assert.Contains("2,004 read", forced.Error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(await SnapshotsAsync());
    }

    [Fact]
    public async Task The_store_comes_from_the_environment_unless_the_option_names_one()
    {
        var environment = new Dictionary<string, string> { ["CINELEDGER_STORE"] = _desk.PathOf("from-environment.duckdb") };
        Assert.Equal(0, (await _desk.RunAsync(["load", datasets.Clean], null, environment)).ExitCode);
        Assert.Equal(0, (await _desk.RunAsync(["load", datasets.Clean, "--store", "from-option.duckdb"], null, environment)).ExitCode);
        Assert.Equal(
            ["from-environment.duckdb", "from-option.duckdb"],
            Directory.GetFiles(_desk.Folder, "*.duckdb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        var report = await _desk.RunAsync(["report", "genres", "--limit", "1", "--format", "csv"], null, environment);
        Assert.Equal(2, report.OutputLines.Length);
    }

    [Fact]
    public async Task A_load_leaves_nothing_behind_but_the_store()
    {
        await PipeAsync(Datasets.Csv(datasets.Clean), "ledger.duckdb");
        Assert.Equal(["ledger.duckdb"], Directory.GetFiles(_desk.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!));
    }

    public void Dispose() => _desk.Dispose();

    private async Task PipeAsync(byte[] content, string store)
    {
        using var input = new MemoryStream(content);
        var load = await _desk.RunAsync(["load", "-", "--store", store], input);
        Assert.True(load.ExitCode == 0, load.Error);
        Assert.Contains("1 published", load.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> SnapshotsAsync() => (await _desk.GoodAsync("snapshots", "list", "--format", "ndjson")).OutputLines;

    [GeneratedRegex(@"(?m)^  \w+ +(?<rule>[a-z-]+) +(?<count>\d+)$")]
    private static partial Regex FindingLine();
}
