using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.BadInput;

/// <summary>
/// A desk with a ledger of one snapshot, at which things are refused: in one line, with the right exit code, and without a trace in
/// the ledger.
/// </summary>
public sealed class RefusingDesk(Datasets datasets) : IAsyncLifetime
{
    private string _answers = "";
    private byte[] _bytes = [];

    public Desk Desk { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Desk.GoodAsync("load", datasets.Clean);
        _answers = await Desk.AnswersAsync();
        _bytes = await File.ReadAllBytesAsync(Desk.Store);
    }

    public ValueTask DisposeAsync()
    {
        Desk.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Loads what cannot be loaded, into the ledger that is there and into a new one; returns the line that says why.</summary>
    public async Task<string> RefuseLoadAsync(int exitCode, string source, params string[] options)
    {
        var line = Desk.OneLine(await Desk.RunAsync(["load", source, .. options]), exitCode);
        await AssertUnchangedAsync();

        var fresh = $"fresh-{Guid.NewGuid():N}.duckdb";
        Desk.OneLine(await Desk.RunAsync(["load", source, .. options, "--store", fresh]), exitCode);
        var asked = Desk.OneLine(await Desk.RunAsync("report", "genres", "--store", fresh), 1);
        Assert.Contains("load a dataset first", asked, StringComparison.Ordinal);
        return line;
    }

    /// <summary>As it was: the very bytes, or where a load had begun to write, the answers.</summary>
    public async Task AssertUnchangedAsync()
    {
        Assert.False(File.Exists($"{Desk.Store}.wal") && new FileInfo($"{Desk.Store}.wal").Length > 0);
        var bytes = await File.ReadAllBytesAsync(Desk.Store);
        if (!bytes.AsSpan().SequenceEqual(_bytes))
        {
            Assert.Equal(_answers, await Desk.AnswersAsync());
            Assert.Single((await Desk.GoodAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        }
    }
}
