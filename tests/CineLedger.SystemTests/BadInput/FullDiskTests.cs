using CineLedger.SystemTests.CommandLine;
using static CineLedger.SystemTests.BadInput.SourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class FullDiskTests(Datasets datasets) : IDisposable
{
    /// <summary>The runtime keeps its code in a file of memory, which the limit would forbid too.</summary>
    private static readonly Dictionary<string, string> SmallFiles = new() { ["DOTNET_EnableWriteXorExecute"] = "0" };

    private readonly Desk _desk = new();

    /// <summary>A limit on the size of files, which anybody may set; its signal is ignored, so that writes fail as on a full disk.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_load_that_may_not_write_so_much_is_told_in_one_line_and_the_old_snapshot_answers(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit counts in kilobytes there");
        await _desk.GoodAsync("load", datasets.Clean);
        var before = await _desk.AnswersAsync();
        var load = await _desk.ShellAsync($"trap '' XFSZ; ulimit -f {megabytes * 1024}; cineledger load '{datasets.Large}' --allow-shrink", SmallFiles);
        Says(Desk.OneLine(load, 1), "cineledger.duckdb", "the disk is full", "Nothing was published", "free some space");
        Assert.Equal(before, await _desk.AnswersAsync());
        Assert.Contains("2 published", (await _desk.GoodAsync("load", datasets.Films, "--allow-shrink")).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _desk.AnswersAsync(snapshot: 1));
    }

    [Fact]
    public async Task On_a_disk_that_fills_up_a_new_ledger_holds_nothing_until_there_is_space()
    {
        var disk = _desk.PathOf("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && (await _desk.ShellAsync("mount -t tmpfs -o size=9m none disk && fallocate -l 4m disk/ballast")).ExitCode == 0,
            "a small disk can be mounted by the superuser only");
        try
        {
            Says(Desk.OneLine(await _desk.RunAsync("load", datasets.Large, "--store", "disk/x.duckdb"), 1), "disk/x.duckdb", "the disk is full");
            Says(Desk.OneLine(await _desk.RunAsync("report", "genres", "--store", "disk/x.duckdb"), 1), "load a dataset first");
            File.Delete(_desk.PathOf("disk/ballast"));
            await _desk.GoodAsync("load", datasets.Clean, "--store", "disk/x.duckdb");
        }
        finally
        {
            await _desk.ShellAsync("umount disk");
        }
    }

    [Fact]
    public async Task A_report_that_does_not_fit_leaves_no_half_of_a_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit counts in kilobytes there");
        await _desk.GoodAsync("load", datasets.Films);
        _desk.Write("companies.csv", "last month's");
        var report = await _desk.ShellAsync("trap '' XFSZ; ulimit -f 20; cineledger report companies --output companies.csv", SmallFiles);
        Says(Desk.OneLine(report, 1), "companies.csv cannot be written");
        Assert.Equal("last month's", await File.ReadAllTextAsync(_desk.PathOf("companies.csv"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_desk.Folder, "*.tmp"));
    }

    public void Dispose() => _desk.Dispose();
}
