using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Interruptions;

/// <summary>A ledger with one snapshot, and a load of a second one that is asked to stop before its time.</summary>
public sealed class InterruptedLoadTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_load_that_is_asked_to_stop_says_so_in_one_line_and_leaves_the_ledger_as_it_was(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await _desk.GoodAsync("load", datasets.Films);
        var before = await _desk.AnswersAsync();

        // The pipe holds the load in its middle: it has read half of the dataset and waits for the rest.
        await using var input = new HeldStream(Datasets.Csv(datasets.Large)[..(4 << 20)]);
        await using var load = CineLedgerProcess.Start(_desk.Folder, ["load", "-", "--allow-shrink"], input);
        await input.Drained;
        await WaitUntilReadingAsync(_desk, load);
        load.Signal(signal);
        await load.ExitsAsync();
        input.Release();
        Assert.Contains("stopped; nothing was published", Desk.OneLine(await load.WaitAsync(), 1), StringComparison.Ordinal);

        Assert.Equal(before, await _desk.AnswersAsync());
        Assert.Contains("2 published", (await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink")).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _desk.AnswersAsync(snapshot: 1));
    }

    [Theory]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_load_that_is_asked_to_stop_while_it_writes_ends_soon_and_publishes_all_or_nothing(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and /proc are Linux's");
        await _desk.GoodAsync("load", datasets.Films);
        var before = await _desk.AnswersAsync();
        await using var load = _desk.Start("load", datasets.Large, "--allow-shrink");
        await WaitUntilOpenAsync(load);
        load.Signal(signal);
        var result = await load.WaitAsync();
        if (result.ExitCode != 0)
        {
            Assert.Contains("stopped; nothing was published", Desk.OneLine(result, 1), StringComparison.Ordinal);
            Assert.Single((await _desk.GoodAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        }

        Assert.Equal(before, await _desk.AnswersAsync(snapshot: 1));
        await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink");
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>Waits until a load copies what is piped in: by then it holds the ledger.</summary>
    internal static Task WaitUntilReadingAsync(Desk desk, CineLedgerProcess load) =>
        WaitUntilAsync(load, () => Directory.EnumerateFiles(desk.PathOf("tmp")).Any(file => new FileInfo(file).Length > 0));

    /// <summary>Waits until a load has the ledger's file open. Asking the ledger itself would keep the load from it.</summary>
    private Task WaitUntilOpenAsync(CineLedgerProcess load) =>
        WaitUntilAsync(load, () => Directory.EnumerateFiles($"/proc/{load.Id}/fd").Any(file => new FileInfo(file).LinkTarget == _desk.Store));

    private static async Task WaitUntilAsync(CineLedgerProcess load, Func<bool> isSo)
    {
        await Wait.UntilAsync("the load gets so far", () =>
        {
            try
            {
                return load.HasExited || isSo();
            }
            catch (IOException)
            {
                // What was listed a moment ago is gone.
                return false;
            }
        });
        if (load.HasExited)
        {
            Assert.Fail($"the load ended before: {(await load.WaitAsync()).Error}");
        }
    }
}
