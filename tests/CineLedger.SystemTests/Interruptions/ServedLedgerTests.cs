using System.Net;
using CineLedger.Storage.DuckDb;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>Commands in the folder of a DuckDB ledger that a server has open.</summary>
public sealed class ServedLedgerTests(Datasets datasets) : IDisposable
{
    private static readonly string[][] Readers =
    [
        ["report", "genres"], ["report", "companies", "--format", "csv"], ["report", "studios", "--format", "xlsx", "--output", "result"],
        ["query", "--by", "decade,genre", "--measure", "revenue"], ["sql", "SELECT title, revenue FROM movies ORDER BY movie_id LIMIT 20"],
        ["chart", "genres", "--output", "result.svg"], ["findings", "--format", "ndjson"], ["profile"], ["snapshots", "list"], ["snapshots", "diff", "1", "2"], ["loads"],
        ["studios", "export"], ["companies", "duplicates"], ["movies", "--limit", "20"],
    ];

    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_that_read_give_the_same_bytes_as_without_the_server()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        await _workspace.RunSuccessfullyAsync("load", datasets.Small, "--accept", Workspace.AnyContent);
        var alone = await ReadAllAsync();
        await using (await ServeProcess.StartAsync(_workspace))
        {
            Assert.Equal(alone, await ReadAllAsync());
            AssertNoCopies();
        }
    }

    [Fact]
    public async Task Commands_that_read_see_the_state_before_a_running_load()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var before = await _workspace.RunSuccessfullyAsync("report", "genres");
        await using var input = new BlockingStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent], input);
        await input.Drained;
        await InterruptedLoadTests.WaitUntilReadingAsync(_workspace, load);
        Assert.Equal(before.Output, (await _workspace.RunSuccessfullyAsync("report", "genres")).Output);
        input.Release();
        Assert.Equal(0, (await load.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task Changes_are_made_by_the_server_with_the_output_and_exit_codes_of_the_commands()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        await using var served = await ServeProcess.StartAsync(_workspace);
        var gated = await _workspace.RunAsync("load", datasets.Clean);
        Assert.Equal(3, gated.ExitCode);
        Assert.Contains("nothing was published", gated.Error, StringComparison.Ordinal);

        var loaded = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--reports", "reports", "--archive", "archive");
        Assert.Contains("has the ledger open and makes this change", loaded.Error, StringComparison.Ordinal);
        Assert.Contains("2 published", loaded.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_workspace.GetPath("reports/studios.csv")) && Directory.Exists(_workspace.GetPath("archive")));
        Assert.Equal(2, (await served.JsonAsync("/api/v1/reports/genres?limit=1")).GetProperty("meta").GetProperty("snapshot").GetInt32());

        var piped = await _workspace.RunAsync(["load", "-", "--merge", "--accept", Workspace.AnyContent], new MemoryStream(Datasets.Csv(datasets.Small)));
        Assert.True(piped.ExitCode == 0 && piped.Error.Contains("3 published", StringComparison.Ordinal), piped.Error);
        Assert.Contains("standard input", (await _workspace.RunSuccessfullyAsync("snapshots", "list")).Output, StringComparison.Ordinal);

        Assert.Contains("Snapshot 4 restores snapshot 1", (await _workspace.RunSuccessfullyAsync("snapshots", "revert", "1")).Error, StringComparison.Ordinal);
        Assert.Contains("snapshots 3 to 4 are kept", (await _workspace.RunSuccessfullyAsync("snapshots", "prune", "--keep", "2")).Error, StringComparison.Ordinal);
        Assert.Contains("Snapshot 5 has no studios", (await _workspace.RunSuccessfullyAsync("studios", "import", "none")).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _workspace.RunAsync("snapshots", "prune", "--keep", "0")).ExitCode);

        Assert.Contains(
            "published", (await _workspace.RunSuccessfullyAsync("load", "--from-archive", "archive", "--all", "--accept", Workspace.AnyContent)).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_workspace.GetPath("tmp")), path => new FileInfo(path).Length > 0);
    }

    [Fact]
    public async Task Each_problem_of_a_list_of_studios_is_reported_in_a_line()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var list = _workspace.Write("studios.csv", "studio,company,from,to,source\nA,No such company,,,x\nB,,2001,2000,x\n");
        var alone = await _workspace.RunAsync("studios", "import", list);
        await using var served = await ServeProcess.StartAsync(_workspace);
        var handed = await _workspace.RunAsync("studios", "import", list);
        Assert.Equal((1, 1), (alone.ExitCode, handed.ExitCode));
        Assert.Equal(alone.ErrorLines, handed.ErrorLines[1..]);
    }

    [Fact]
    public async Task A_stopped_command_cancels_its_load_in_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are Linux's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        await using var served = await ServeProcess.StartAsync(_workspace);
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent);
        await load.WaitForOutputAsync("makes this change");
        await Wait.ForAsync("the load is on record", () => ReadLoadsAsync(served), loads => loads.Count == 2);
        load.Signal(CineLedgerProcess.Interrupt);
        var result = await load.WaitAsync();
        var end = await Wait.ForAsync("the load has ended", () => ReadLoadsAsync(served), loads => loads[0] is "cancelled" or "published");
        Assert.True(result.ExitCode == 1 ? end[0] == "cancelled" : end[0] == "published", $"exit {result.ExitCode}, {end[0]}");
    }

    [Fact]
    public async Task A_killed_server_leaves_nothing_that_keeps_commands_from_the_ledger()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are Linux's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        await using (var served = await ServeProcess.StartAsync(_workspace))
        {
            await served.EndAsync(CineLedgerProcess.Kill);
        }

        Assert.True(File.Exists(ServerFile.GetPath(_workspace.Store)));
        var loaded = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
        Assert.DoesNotContain("makes this change", loaded.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_ended_or_runs_elsewhere_or_is_another_program_is_not_taken_for_the_holder_of_the_ledger()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        await using var input = new BlockingStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent], input);
        await input.Drained;
        await InterruptedLoadTests.WaitUntilReadingAsync(_workspace, load);

        // Another process holds the ledger, so these files must not lead anywhere.
        await using var other = LoopbackServer.Create("404 Not Found");
        var address = other.Address[..other.Address.LastIndexOf('/')];
        foreach (var (file, message) in ((ServerFile, string)[])
        [
            (new("http://127.0.0.1:1", "secret", Environment.ProcessId, Environment.MachineName), "does not answer"),
            (new(address, "secret", Environment.ProcessId, Environment.MachineName), "is not its server (status 404)"),
            (new(address, "secret", Environment.ProcessId, "another-machine"), "try again"),
            (new(address, "secret", int.MaxValue, Environment.MachineName), "try again"),
        ])
        {
            file.Write(_workspace.Store);
            Assert.Contains(message, (await _workspace.RunAsync("load", datasets.Clean)).ErrorLines[^1], StringComparison.Ordinal);
            Assert.Equal(4, (await _workspace.RunAsync("snapshots", "prune", "--keep", "1")).ExitCode);
        }

        File.Delete(ServerFile.GetPath(_workspace.Store));
        input.Release();
        Assert.Equal(0, (await load.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task Only_those_who_can_read_the_file_can_hand_over_a_change()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        await using var served = await ServeProcess.StartAsync(_workspace);
        var file = ServerFile.Read(_workspace.Store)!;
        foreach (var secret in (string?[])[null, "", "wrong", file.Secret[1..]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/commands") { Content = new StringContent("{\"prune\":1}") };
            request.Headers.TryAddWithoutValidation("CineLedger-Command-Secret", secret);
            using var response = await served.Client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        await served.EndAsync();
        Assert.False(File.Exists(ServerFile.GetPath(_workspace.Store)));
    }

    [Fact]
    public async Task A_new_user_starts_the_sample_reports_and_loads_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the command is one for bash");
        var result = await _workspace.RunShellAsync($$"""
            cineledger up --urls http://127.0.0.1:0 2> up & cineledger report studios --top 5 > report && cineledger load '{{datasets.Clean}}'
            code=$?
            kill -TERM %1 && wait %1
            exit $code
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("1 published", result.Error, StringComparison.Ordinal);
        Assert.Contains("SYNTHETIC", await File.ReadAllTextAsync(_workspace.GetPath("report"), Cancel), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task<List<string>> ReadLoadsAsync(ServeProcess served) =>
        [.. (await served.JsonAsync("/api/v1/loads")).GetProperty("data").EnumerateArray().Select(load => load.GetProperty("state").GetString()!)];

    private async Task<List<string>> ReadAllAsync()
    {
        var answers = new List<string>();
        foreach (var reader in Readers)
        {
            var result = await _workspace.RunSuccessfullyAsync(reader);
            answers.Add($"{result.Output}{result.Error}");
            foreach (var file in Directory.GetFiles(_workspace.Folder, "result*"))
            {
                answers.Add(Convert.ToHexString(await File.ReadAllBytesAsync(file, Cancel)));
                File.Delete(file);
            }
        }

        return answers;
    }

    private void AssertNoCopies() => Assert.DoesNotContain(
        Directory.GetFileSystemEntries(_workspace.Folder, "cineledger.duckdb.*"), path => path.EndsWith(".copy", StringComparison.Ordinal));
}
