using CineLedger.SystemTests.CommandLine;
using static CineLedger.SystemTests.BadInput.BadSourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class FullDiskTests(Datasets datasets) : IDisposable
{
    /// <summary>By default the runtime keeps its code in a memory-backed file, to which the limit would apply too.</summary>
    private static readonly Dictionary<string, string> SmallFiles = new() { ["DOTNET_EnableWriteXorExecute"] = "0" };

    private readonly Workspace _workspace = new();

    /// <summary>Limits the size of files, which needs no privileges. Whether or not the limit's signal is ignored, writes fail as on a full disk.</summary>
    [Theory]
    [InlineData(2, "trap '' XFSZ")]
    [InlineData(2, "trap - XFSZ")]
    [InlineData(5, "trap - XFSZ")]
    public async Task A_load_beyond_the_file_size_limit_fails_in_one_line_and_the_old_snapshot_stays_readable(int megabytes, string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit counts in kilobytes there");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var before = await _workspace.ReadAnswersAsync();
        var load = await _workspace.RunShellAsync($"{signal}; ulimit -f {megabytes * 1024}; cineledger load '{datasets.Large}' --accept {Workspace.AnyContent}", SmallFiles);
        AssertSays(Workspace.OneLine(load, 1), "cineledger.duckdb", "the disk is full", "Nothing was published", "free some space");
        Assert.Equal(before, await _workspace.ReadAnswersAsync());
        Assert.Contains("2 published", (await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--accept", Workspace.AnyContent)).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(snapshot: 1));
    }

    [Fact]
    public async Task On_a_full_disk_a_new_ledger_stays_empty_until_there_is_space()
    {
        var disk = _workspace.GetPath("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && (await _workspace.RunShellAsync("mount -t tmpfs -o size=9m none disk && fallocate -l 4m disk/ballast")).ExitCode == 0,
            "only the superuser can mount a small disk");
        try
        {
            AssertSays(Workspace.OneLine(await _workspace.RunAsync("load", datasets.Large, "--store", "disk/x.duckdb"), 1), "disk/x.duckdb", "the disk is full");
            AssertSays(Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--store", "disk/x.duckdb"), 1), "load a dataset first");
            File.Delete(_workspace.GetPath("disk/ballast"));
            await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", "disk/x.duckdb");
        }
        finally
        {
            await _workspace.RunShellAsync("umount disk");
        }
    }

    [Fact]
    public async Task A_report_that_does_not_fit_leaves_no_partial_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit counts in kilobytes there");
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        _workspace.Write("companies.csv", "last month's");
        var report = await _workspace.RunShellAsync("ulimit -f 20; cineledger report companies --output companies.csv", SmallFiles);
        AssertSays(Workspace.OneLine(report, 1), "companies.csv cannot be written");
        Assert.Equal("last month's", await File.ReadAllTextAsync(_workspace.GetPath("companies.csv"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_workspace.Folder, "*.tmp"));
    }

    public void Dispose() => _workspace.Dispose();
}
