using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

/// <summary>
/// A workspace with two ledgers: one of movies with quirks, and one of clean movies with two snapshots, which differ by an added, a removed
/// and a changed movie.
/// </summary>
public sealed class LoadedWorkspace(Datasets datasets) : IAsyncLifetime
{
    public Workspace Workspace { get; } = new();

    public string ChangedId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var lines = datasets.CleanLines();
        ChangedId = ParseId(lines[1]);
        await Workspace.RunSuccessfullyAsync("load", datasets.Movies);
        Workspace.Write("first.csv", string.Join('\n', lines[..^1]) + "\n");
        var changed = lines[1].Replace(",Released,", ",Rumored,", StringComparison.Ordinal);
        Workspace.Write("second.csv", string.Join('\n', [lines[0], changed, .. lines[3..]]) + "\n");
        await Workspace.RunSuccessfullyAsync("load", "first.csv", "--store", "clean.duckdb");
        await Workspace.RunSuccessfullyAsync("load", "second.csv", "--store", "clean.duckdb");
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns the id of a line, which directly precedes its only IMDb id.</summary>
    private static string ParseId(string line)
    {
        var before = line[..line.IndexOf(",tt", StringComparison.Ordinal)];
        return before[(before.LastIndexOf(',') + 1)..];
    }
}
