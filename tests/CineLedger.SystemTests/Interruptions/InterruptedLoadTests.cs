using System.Diagnostics;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>A ledger with one snapshot, and a load of a second one that is interrupted.</summary>
public sealed class InterruptedLoadTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(CineLedgerProcess.HangUp)]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task An_interrupted_load_reports_it_in_one_line_and_leaves_the_ledger_unchanged(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var before = await _workspace.ReadAnswersAsync();

        // The pipe stops the load in the middle: it has read half of the dataset and waits for the rest.
        await using var input = new BlockingStream(Datasets.Csv(datasets.Large)[..(4 << 20)]);
        await using var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent], input);
        await input.Drained;
        await WaitUntilReadingAsync(_workspace, load);
        load.Signal(signal);
        await load.WaitForExitAsync();
        input.Release();
        Assert.Contains("stopped; nothing was published", Workspace.OneLine(await load.WaitAsync(), 1), StringComparison.Ordinal);

        Assert.Equal(before, await _workspace.ReadAnswersAsync());
        Assert.Contains("2 published", (await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent)).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(snapshot: 1));
    }

    [Theory]
    [InlineData(CineLedgerProcess.Interrupt, "server")]
    [InlineData(CineLedgerProcess.Terminate, "server")]
    [InlineData(CineLedgerProcess.Interrupt, "pipe")]
    [InlineData(CineLedgerProcess.Terminate, "pipe")]
    public async Task A_load_interrupted_while_it_waits_for_a_slow_source_ends_by_itself(int signal, string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and named pipes are Linux's");
        await using var slow = new SlowSource();
        var source = slow.Address;
        if (kind == "pipe")
        {
            source = _workspace.GetPath("pipe");
            using var mkfifo = Process.Start("mkfifo", [source]);
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var load = _workspace.Start("load", source);

        // A pipe opens for writing when the load has opened it for reading. Nothing is written.
        await using var writer = kind == "pipe" ? await Task.Run(() => new FileStream(source, FileMode.Open, FileAccess.Write)) : null;
        await (kind == "pipe" ? Task.CompletedTask : slow.Requested);
        load.Signal(signal);
        Assert.Contains("stopped; nothing was published", Workspace.OneLine(await load.WaitAsync(), 1), StringComparison.Ordinal);
        Assert.Contains(
            "\"state\":\"cancelled\"", (await _workspace.RunSuccessfullyAsync("loads", "--format", "ndjson")).Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CineLedgerProcess.HangUp)]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_load_interrupted_while_writing_ends_quickly_and_publishes_all_or_nothing(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var before = await _workspace.ReadAnswersAsync();
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent);
        await WaitUntilOpenAsync(load);
        load.Signal(signal);
        var result = await load.WaitAsync();
        if (result.ExitCode != 0)
        {
            Assert.Contains("stopped; nothing was published", Workspace.OneLine(result, 1), StringComparison.Ordinal);
            Assert.Single((await _workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        }

        Assert.Equal(before, await _workspace.ReadAnswersAsync(snapshot: 1));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent);
    }

    [Fact]
    public async Task A_load_under_nohup_goes_on_after_its_terminal_is_closed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await using var input = new BlockingStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.StartOther(_workspace.Folder, "nohup", [CineLedgerProcess.Executable, "load", "-"], input);
        await input.Drained;
        await WaitUntilReadingAsync(_workspace, load);
        load.Signal(CineLedgerProcess.HangUp);
        input.Release();
        Assert.Contains("1 published", (await load.WaitAsync()).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Waits until a load copies its standard input; by then it holds the ledger.</summary>
    internal static Task WaitUntilReadingAsync(Workspace workspace, CineLedgerProcess load) =>
        WaitUntilAsync(load, () => Directory.EnumerateFiles(workspace.GetPath("tmp")).Any(file => new FileInfo(file).Length > 0));

    /// <summary>Waits until a load has the ledger's file open. Opening the ledger here would lock the load out.</summary>
    private Task WaitUntilOpenAsync(CineLedgerProcess load) =>
        WaitUntilAsync(load, () => Directory.EnumerateFiles($"/proc/{load.Id}/fd").Any(file => new FileInfo(file).LinkTarget == _workspace.Store));

    private static async Task WaitUntilAsync(CineLedgerProcess load, Func<bool> isSo)
    {
        await Wait.UntilAsync("the load reaches the expected point", () =>
        {
            try
            {
                return load.HasExited || isSo();
            }
            catch (IOException)
            {
                // A listed file has been deleted.
                return false;
            }
        });
        if (load.HasExited)
        {
            Assert.Fail($"the load ended too early: {(await load.WaitAsync()).Error}");
        }
    }
}
