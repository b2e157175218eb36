using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Two nodes that read a ledger in PostgreSQL, from a primary and a standby.</summary>
public sealed class PostgresPoolTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private PostgresServer? _primary;
    private PostgresServer? _standby;
    private string _store = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Both => $"postgres://postgres@127.0.0.1:{_primary!.Port},127.0.0.1:{_standby!.Port}/{_store.Split('/')[^1]}";

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
    public async Task All_nodes_are_notified_of_new_snapshots_also_after_a_primary_outage()
    {
        // The pools do not poll, so they learn of a snapshot only by notification.
        await using var one = new PostgresPool(_store, _store, readOnly: false, NullLogger.Instance, poll: Timeout.InfiniteTimeSpan);
        await using var other = new PostgresPool(_store, _store, readOnly: false, NullLogger.Instance, poll: Timeout.InfiniteTimeSpan);
        foreach (var pool in (LedgerPool[])[one, other])
        {
            await pool.OpenAsync(Cancel);
        }

        await _primary!.WaitForSessionAsync("application_name = 'cineledger serve (listening)'");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        foreach (var pool in (LedgerPool[])[one, other])
        {
            await WaitForSnapshotAsync(pool, 2);
        }

        await _primary.StopAsync("fast");
        await _primary.StartAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--accept", Workspace.AnyContent, "--store", _store);
        foreach (var pool in (LedgerPool[])[one, other])
        {
            await WaitForSnapshotAsync(pool, 3);
        }
    }

    [Fact]
    public async Task Readers_use_the_standby_and_the_primary_when_it_lags_or_is_down()
    {
        _standby = await _primary!.StartStandbyAsync(delay: "1h");
        await using var pool = await OpenAsync(_store, Both);
        Assert.True(await IsStandbyAsync(pool, 1));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        await WaitForSnapshotAsync(pool, 2);
        Assert.False(await IsStandbyAsync(pool, 2));
        Assert.True(await IsStandbyAsync(pool, 1));

        await _standby.StopAsync("immediate");
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await IsStandbyAsync(pool, 1));
        }
    }

    [Fact]
    public async Task A_node_that_reads_only_standbys_serves_only_what_they_have()
    {
        _standby = await _primary!.StartStandbyAsync(delay: "1h");
        await using var pool = await OpenAsync(_store, _standby.Address(_store.Split('/')[^1]));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        await Assert.ThrowsAsync<Model.StaleReplicaException>(() => pool.RefreshAsync(2, Cancel));
        Assert.Equal(1, pool.Newest!.Id);
    }

    private static Task<LedgerPool> OpenAsync(string store, string? readStore) => LedgerPool.OpenAsync(store, readStore, readOnly: false, NullLogger.Instance, Cancel);

    private static Task WaitForSnapshotAsync(LedgerPool pool, int snapshot) => Wait.UntilAsync($"the pool has snapshot {snapshot}", () => pool.Newest?.Id == snapshot);

    /// <summary>Returns whether readers of a snapshot get the standby. Asserts that several readers all get the same server.</summary>
    private static async Task<bool> IsStandbyAsync(LedgerPool pool, int snapshot)
    {
        var standby = new HashSet<bool>();
        for (var i = 0; i < 5; i++)
        {
            await using var reader = await pool.RentAsync(snapshot, Cancel);
            standby.Add(await reader.Connection.ExecuteScalarAsync("SELECT pg_is_in_recovery()", Cancel) is true);
        }

        return Assert.Single(standby);
    }
}
