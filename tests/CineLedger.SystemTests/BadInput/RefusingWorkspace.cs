using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.BadInput;

/// <summary>
/// A workspace with a ledger of one snapshot, for loads that must be refused: in one line, with the right exit code, and without changing
/// the ledger.
/// </summary>
public sealed class RefusingWorkspace(Datasets datasets) : IAsyncLifetime
{
    private string _expected = "";
    private byte[] _bytes = [];

    public Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Workspace.RunSuccessfullyAsync("load", datasets.Clean);
        _expected = await Workspace.ReadAnswersAsync();
        _bytes = await File.ReadAllBytesAsync(Workspace.Store);
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Asserts that a source is refused, by the existing ledger and by a new one. Returns the error.</summary>
    public async Task<string> AssertLoadRefusedAsync(int exitCode, string source, params string[] options)
    {
        var line = Workspace.OneLine(await Workspace.RunAsync(["load", source, .. options]), exitCode);
        await AssertUnchangedAsync();

        var fresh = $"fresh-{Guid.NewGuid():N}.duckdb";
        Workspace.OneLine(await Workspace.RunAsync(["load", source, .. options, "--store", fresh]), exitCode);
        var query = Workspace.OneLine(await Workspace.RunAsync("report", "genres", "--store", fresh), 1);
        Assert.Contains("load a dataset first", query, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Asserts that the ledger's bytes are unchanged or, if a load had begun to write, its reports and findings.</summary>
    public async Task AssertUnchangedAsync()
    {
        Assert.False(File.Exists($"{Workspace.Store}.wal") && new FileInfo($"{Workspace.Store}.wal").Length > 0);
        var bytes = await File.ReadAllBytesAsync(Workspace.Store);
        if (!bytes.AsSpan().SequenceEqual(_bytes))
        {
            Assert.Equal(_expected, await Workspace.ReadAnswersAsync());
            Assert.Single((await Workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "ndjson")).OutputLines);
        }
    }
}
