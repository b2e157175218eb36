using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Postgres;

/// <summary>A primary with a real streaming standby.</summary>
public sealed class StandbyTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private PostgresServer? _primary;
    private PostgresServer? _standby;
    private string _store = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _store.Split('/')[^1];

    private string Both => $"postgres://postgres@127.0.0.1:{_primary!.Port},127.0.0.1:{_standby!.Port}/{Database}";

    public async ValueTask InitializeAsync()
    {
        _primary = await PostgresServer.StartNewAsync();
        _store = await _primary.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", _store);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var server in (PostgresServer?[])[_standby, _primary])
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        _workspace.Dispose();
    }

    [Fact]
    public async Task Reads_go_to_the_standby_loads_to_the_primary_and_both_go_on_without_the_standby()
    {
        _standby = await _primary!.StartStandbyAsync();
        Assert.True(await ReadsFromStandbyAsync(null));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", Both);
        var answers = await _workspace.ReadAnswersAsync(2, Both);
        Assert.Equal(await _workspace.ReadAnswersAsync(2, _store), answers);

        await _standby.StopAsync("fast");
        Assert.False(await ReadsFromStandbyAsync(2));
        Assert.Equal(answers, await _workspace.ReadAnswersAsync(2, Both));
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--accept", Workspace.AnyContent, "--store", Both);

        await _standby.StartAsync();
        await Wait.UntilAsync("the standby has caught up", () => ReadsFromStandbyAsync(3));
    }

    [Fact]
    public async Task Without_the_primary_reads_continue_and_a_load_reports_a_read_only_standby()
    {
        _standby = await _primary!.StartStandbyAsync();
        var answers = await _workspace.ReadAnswersAsync(1, _store);
        await _primary.StopAsync("immediate");
        Assert.Equal(answers, await _workspace.ReadAnswersAsync(1, Both));
        Assert.Contains("is a read-only standby: name the primary to load", Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--store", _standby.Address(Database)), 1), StringComparison.Ordinal);
        Assert.Contains("cannot be reached", Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--store", _store), 1), StringComparison.Ordinal);
        await _primary.StartAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", Both);
    }

    [Fact]
    public async Task A_standby_that_lags_behind_the_reader_is_skipped()
    {
        _standby = await _primary!.StartStandbyAsync(delay: "1h");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        Assert.True(await ReadsFromStandbyAsync(1));
        for (var i = 0; i < 4; i++)
        {
            Assert.False(await ReadsFromStandbyAsync(2));
        }

        Assert.Equal(await _workspace.ReadAnswersAsync(2, _store), await _workspace.ReadAnswersAsync(2, Both));

        // --read-store sends reads to the standby, which still has snapshot 1.
        var report = await _workspace.RunSuccessfullyAsync("report", "genres", "--store", _store, "--read-store", _standby.Address(Database), "--format", "json");
        Assert.Contains("\"snapshot\":1", report.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<bool> ReadsFromStandbyAsync(int? seen)
    {
        await using var ledger = await StoreEngine.Get(Both).OpenReadOnlyAsync(Both, seen, Cancel);
        Assert.NotNull(await SnapshotRows.FindAsync(ledger.Connection, seen, Cancel));
        return (bool)(await ledger.Connection.ExecuteScalarAsync("SELECT pg_is_in_recovery()", Cancel))!;
    }
}
