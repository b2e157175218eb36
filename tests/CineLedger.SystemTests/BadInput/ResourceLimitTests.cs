using CineLedger.SystemTests.CommandLine;
using static CineLedger.SystemTests.BadInput.BadSourceTests;

namespace CineLedger.SystemTests.BadInput;

/// <summary>Limits of the system that are too low for a command: one line that names the limit, never a stack trace.</summary>
public sealed class ResourceLimitTests(Datasets datasets) : IDisposable
{
    /// <summary>A user without other processes: the limit on threads counts those of all processes of a user.</summary>
    private const int OtherUser = 61_234;

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(28)]
    [InlineData(64)]
    [InlineData(255)]
    public async Task Too_few_open_files_are_named(int files)
    {
        SkipUnlessLinux();
        foreach (var command in (string[])["load nothing.zip", "report genres", "serve", "--help"])
        {
            var line = Workspace.OneLine(await _workspace.RunShellAsync($"ulimit -n {files}; cineledger {command}"), 1);
            AssertSays(line, $"only {files} open files", "256 are needed", "ulimit -n");
        }

        Assert.Equal("1\n1\n", (await _workspace.RunShellAsync($"ulimit -n {files}; cineledger init 2>&-; echo $?; cineledger init 2>/dev/full; echo $?")).Output);
    }

    [Fact]
    public async Task Servers_need_more_open_files_than_other_commands()
    {
        SkipUnlessLinux();
        await _workspace.RunShellAsync(
            $"ulimit -n 256; cineledger load '{datasets.Clean}' && cineledger profile --format html -o profile.html && cineledger report companies -o companies.xlsx");
        Assert.True(File.Exists(_workspace.GetPath("companies.xlsx")));
        AssertSays(Workspace.OneLine(await _workspace.RunShellAsync("ulimit -n 511; cineledger serve"), 1), "only 511 open files", "512 are needed");
        var served = await _workspace.RunShellAsync("ulimit -n 512; timeout 5 cineledger serve --urls http://127.0.0.1:0");
        Assert.StartsWith("Serving ", Assert.Single(served.ErrorLines), StringComparison.Ordinal);
    }

    /// <summary>With half of these 20 MB the runtime itself may abort the process.</summary>
    [Fact]
    public async Task Too_little_managed_memory_is_named_and_leaves_the_ledger_unchanged()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var before = await _workspace.ReadAnswersAsync();
        var load = await _workspace.RunAsync(["load", datasets.Large, "--accept", Workspace.AnyContent], environment: new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x1400000" });
        AssertSays(Workspace.OneLine(load, 1), "not enough memory", "DOTNET_GCHeapHardLimit");
        Assert.Equal(before, await _workspace.ReadAnswersAsync());
    }

    /// <summary>Below about 1.5 GB the runtime itself cannot start.</summary>
    [Theory]
    [InlineData(2_000_000)]
    [InlineData(3_000_000)]
    public async Task Too_little_address_space_is_named(int kilobytes)
    {
        SkipUnlessLinux();
        AssertSays(Workspace.OneLine(await _workspace.RunShellAsync($"ulimit -v {kilobytes}; cineledger load '{datasets.Clean}'"), 1), "MB of memory", "ulimit -v");
    }

    /// <summary>Below 8 threads the runtime itself cannot start.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(31)]
    public async Task Too_few_threads_are_named(int threads)
    {
        var result = await RunAsOtherUserAsync($"ulimit -u {threads}; exec cineledger load movies.zip");
        AssertSays(Workspace.OneLine(result, 1), $"only {threads} threads", "32 are needed", "ulimit -u");
    }

    [Fact]
    public async Task The_required_number_of_threads_is_enough() =>
        Assert.Contains("1 published", (await RunAsOtherUserAsync("ulimit -u 32; exec cineledger load movies.zip")).Error, StringComparison.Ordinal);

    public void Dispose() => _workspace.Dispose();

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit counts differently elsewhere");

    private async Task<CommandResult> RunAsOtherUserAsync(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only the superuser can run a command as another user");
        await _workspace.RunShellAsync($"chmod 777 . tmp; cp '{datasets.Movies}' movies.zip; chmod 644 movies.zip");
        return await _workspace.RunShellAsync($"exec setpriv --reuid={OtherUser} --regid={OtherUser} --clear-groups bash -c '{script}'");
    }
}
