using System.Globalization;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>Temporary files of killed processes: <c>doctor</c> names them, and the next process that writes there deletes them.</summary>
public sealed class LeftoverTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();

    /// <summary>The ID of a process that has ended.</summary>
    private int _dead;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        _dead = int.Parse((await _workspace.RunShellAsync("echo $$")).Output, CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Spilled_rows_of_a_killed_statement_are_named_and_then_deleted()
    {
        const string Sorted = "SELECT COUNT(*) FROM (SELECT REPEAT(CAST(a.range AS TEXT), 40) x FROM range(30000000) a ORDER BY x) WHERE x > ''";
        await using (var sql = _workspace.Start("sql", Sorted, "--timeout", "100"))
        {
            await Wait.UntilAsync("rows are spilled", () => sql.HasExited || Spilled().Length > 0);
            sql.Signal(CineLedgerProcess.Kill);
            Assert.NotEqual(0, (await sql.WaitAsync()).ExitCode);
        }

        Assert.NotEmpty(Spilled());
        var doctor = await _workspace.RunSuccessfullyAsync("doctor");
        var warning = Assert.Single(doctor.OutputLines, line => line.StartsWith("warning  leftovers", StringComparison.Ordinal));
        Assert.Contains($"{_workspace.Store}.", warning, StringComparison.Ordinal);

        // The process of the statement ends when it notices that the command has.
        await Wait.UntilAsync("the ledger is free", async () => (await _workspace.RunAsync("load", datasets.Clean, "--accept", Workspace.AnyContent)).ExitCode == 0);
        Assert.Equal([_workspace.Store], Directory.GetFileSystemEntries(_workspace.Folder, "cineledger.duckdb*"));
        Assert.DoesNotContain("leftovers", (await _workspace.RunSuccessfullyAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_ledger_for_writing_deletes_leftovers_of_other_processes_and_nothing_else()
    {
        // Process 1 always runs. A process in another container could have the same ID, but could not have the ledger open.
        string[] left =
        [
            $"cineledger.duckdb.{_dead}.0a1b2c3d.tmp/block", $"cineledger.duckdb.1.0a1b2c3d.tmp/block",
            $"cineledger.duckdb.{_dead}.0a1b2c3d.new", $"cineledger.duckdb.{_dead}.0a1b2c3d.new.wal",
            $"cineledger.duckdb.{_dead}.0a1b2c3d.7.sqlcopy", $"cineledger.duckdb.{_dead}.0a1b2c3d.7.sqlcopy.{_dead}.0a1b2c3d.{Guid.NewGuid():N}.tmp/block",
            $"cineledger.duckdb.{_dead}.0a1b2c3d.1.copy/cineledger.duckdb", $"cineledger.duckdb.{_dead}.tmp/block", $"cineledger.duckdb.{_dead}.{Guid.NewGuid():N}.tmp/block", $"cineledger.duckdb.{_dead}.7.sqlcopy",
        ];
        string[] kept =
        [
            "cineledger.duckdb.20240131.tmp", "cineledger.duckdb.bak", "cineledger.duckdb.1.new", "cineledger.duckdb.1.0a1b2c3d.1.copy/cineledger.duckdb",
            $"other.duckdb.{_dead}.0a1b2c3d.tmp", $"cineledger.duckdb2.{_dead}.0a1b2c3d.tmp",
        ];
        Write([.. left, .. kept]);
        await _workspace.RunSuccessfullyAsync("report", "genres");
        Assert.All(left, name => Assert.True(File.Exists(_workspace.GetPath(name)), name));
        await _workspace.RunSuccessfullyAsync("init");
        Assert.Equal([.. kept.Select(name => name.Split('/')[0]).Append("cineledger.duckdb").Order(StringComparer.Ordinal)], Names("*duckdb*"));
    }

    [Fact]
    public async Task An_output_deletes_what_a_killed_process_left_of_it()
    {
        await using (var sample = _workspace.Start("sample", "--movies", "1000000", "--output", "big.zip"))
        {
            await Wait.UntilAsync("the sample is being written", () => sample.HasExited || Names("big.zip.*.tmp").Length > 0);
            sample.Signal(CineLedgerProcess.Kill);
            await sample.WaitAsync();
        }

        Assert.Single(Names("big.zip*"));
        Write([$"big.zip.{Environment.ProcessId}.0a1b2c3d.tmp", $"big.zip.{_dead}.tmp", $"bigger.zip.{_dead}.0a1b2c3d.tmp"]);
        await _workspace.RunSuccessfullyAsync("sample", "--movies", "10", "--output", "big.zip");
        string[] kept = ["big.zip", $"big.zip.{_dead}.tmp", $"big.zip.{Environment.ProcessId}.0a1b2c3d.tmp"];
        Assert.Equal(kept.Order(StringComparer.Ordinal), Names("big.zip*"));
        Assert.Single(Names("bigger.zip*"));
    }

    /// <summary>The ID of a process in another container may be unused here, but the file that the process writes is locked.</summary>
    [Fact]
    public async Task An_output_that_another_process_is_writing_is_kept()
    {
        await using var open = new FileStream(_workspace.GetPath($"x.csv.{_dead}.0a1b2c3d.tmp"), FileMode.Create, FileAccess.Write, FileShare.None);
        await _workspace.RunSuccessfullyAsync("report", "genres", "--output", "x.csv");
        Assert.True(File.Exists(open.Name));
    }

    [Fact]
    public async Task Old_files_of_dead_processes_in_the_temporary_folder_are_deleted_and_others_kept()
    {
        Write([
            $"tmp/cineledger-{_dead}.0a1b2c3d-old", $"tmp/cineledger-{_dead}.0a1b2c3d-folder/profile.duckdb", $"tmp/cineledger-{_dead}.0a1b2c3d-new",
            "tmp/cineledger-1.0a1b2c3d-running", "tmp/cineledger-mine.zip",
        ]);
        var entries = Directory.GetFileSystemEntries(_workspace.GetPath("tmp"), "*", SearchOption.AllDirectories);
        foreach (var entry in entries.Where(entry => !entry.EndsWith("-new", StringComparison.Ordinal)))
        {
            Directory.SetLastWriteTimeUtc(entry, DateTime.UtcNow.AddHours(-2));
        }

        var doctor = await _workspace.RunSuccessfullyAsync("doctor");
        Assert.Contains("warning  leftovers", doctor.Output, StringComparison.Ordinal);
        await _workspace.RunSuccessfullyAsync("report", "genres", "--output", "genres.parquet");
        string[] kept = ["cineledger-1.0a1b2c3d-running", $"cineledger-{_dead}.0a1b2c3d-new", "cineledger-mine.zip"];
        Assert.Equal(kept.Order(StringComparer.Ordinal), Names("cineledger-*", "tmp"));
    }

    [Fact]
    public async Task A_load_killed_while_it_reads_standard_input_leaves_nothing_after_an_hour()
    {
        await using (var input = new BlockingStream(Datasets.Csv(datasets.Large)))
        await using (var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent], input))
        {
            await input.Drained;
            await InterruptedLoadTests.WaitUntilReadingAsync(_workspace, load);
            load.Signal(CineLedgerProcess.Kill);
            await load.WaitForExitAsync();
            input.Release();
        }

        var left = Assert.Single(Directory.GetFiles(_workspace.GetPath("tmp"), "cineledger-*"));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        await using var clean = File.OpenRead(datasets.Clean);
        Assert.Equal(0, (await _workspace.RunAsync(["load", "-", "--accept", Workspace.AnyContent], clean)).ExitCode);
        Assert.Empty(Names("cineledger-*", "tmp"));
    }

    private string[] Spilled() =>
        [.. Directory.GetDirectories(_workspace.Folder, "cineledger.duckdb.*.tmp").Where(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any())];

    private string[] Names(string pattern, string folder = "") =>
        [.. Directory.GetFileSystemEntries(_workspace.GetPath(folder), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void Write(string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_workspace.GetPath(name))!);
            _workspace.Write(name, "left");
        }
    }
}
