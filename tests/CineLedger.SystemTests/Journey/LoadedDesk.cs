using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Journey;

/// <summary>A desk with a ledger of two snapshots: the quirky films, then those less one, with one more and one changed.</summary>
public sealed class LoadedDesk(Datasets datasets) : IAsyncLifetime
{
    public Desk Desk { get; } = new();

    public string ChangedId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var lines = datasets.CleanLines();
        ChangedId = IdOf(lines[1]);
        await Desk.GoodAsync("load", datasets.Films);
        Desk.Write("first.csv", string.Join('\n', lines[..^1]) + "\n");
        var changed = lines[1].Replace(",Released,", ",Rumored,", StringComparison.Ordinal);
        Desk.Write("second.csv", string.Join('\n', [lines[0], changed, .. lines[3..]]) + "\n");
        await Desk.GoodAsync("load", "first.csv", "--store", "clean.duckdb");
        await Desk.GoodAsync("load", "second.csv", "--store", "clean.duckdb");
    }

    public ValueTask DisposeAsync()
    {
        Desk.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The id stands right before the only IMDb id of a line.</summary>
    private static string IdOf(string line)
    {
        var before = line[..line.IndexOf(",tt", StringComparison.Ordinal)];
        return before[(before.LastIndexOf(',') + 1)..];
    }
}
