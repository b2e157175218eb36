using CineLedger.Storage.Postgres;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Interruptions;
using CineLedger.Tests.Support;
using Npgsql;

namespace CineLedger.SystemTests.Postgres;

public sealed class PostgresLockTests(SharedServer server, Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task During_a_load_readers_continue_another_load_exits_with_4_and_a_waiting_one_follows()
    {
        var store = await server.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", store);
        var before = await _workspace.ReadAnswersAsync(store: store);

        await using var input = new BlockingStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_workspace.Folder, ["load", "-", "--accept", Workspace.AnyContent, "--store", store], input);
        await input.Drained;
        await WaitForLockAsync(store);
        var line = Workspace.OneLine(await _workspace.RunAsync("load", datasets.Movies, "--store", store), 4);
        Assert.Matches(@"is being loaded by \w+ .*\(server process \d+\) since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; add --wait to wait for it, or try again later\.$", line);
        await using var waiting = _workspace.Start("load", datasets.Large, "--wait", "--accept", Workspace.AnyContent, "--store", store);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(store: store));

        input.Release();
        Assert.Contains("2 published", (await load.WaitAsync()).Error, StringComparison.Ordinal);
        Assert.Contains("3 published", (await waiting.WaitAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, store));
    }

    [Fact]
    public async Task Listeners_are_notified_of_a_new_snapshot_once_it_is_readable()
    {
        var store = await server.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store);
        await using var listener = new NpgsqlConnection(PostgresAddress.Parse(store).ConnectionString);
        await listener.OpenAsync(Cancel);
        var notifications = new TaskCompletionSource<string>();
        listener.Notification += (_, notified) => notifications.TrySetResult(notified.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresLedger.Channel}", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancel);
        }

        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--accept", Workspace.AnyContent, "--store", store);
        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal("2", await notifications.Task);
    }

    [Fact]
    public async Task A_password_is_never_shown()
    {
        var store = (await server.CreateDatabaseAsync()).Replace("postgres@", "postgres:s3cret@", StringComparison.Ordinal);
        var shown = await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store, "--verbose");
        Assert.DoesNotContain("s3cret", shown.Error + shown.Output, StringComparison.Ordinal);
        Assert.Contains("Store      postgres://postgres@127.0.0.1", shown.Error, StringComparison.Ordinal);
        foreach (var query in (string[][])[["report", "genres", "--store", store.Replace("ledger_", "gone_", StringComparison.Ordinal), "--verbose"], ["report", "genres", "--store", store + "?nonsense=1"]])
        {
            Assert.DoesNotContain("s3cret", (await _workspace.RunAsync(query)).Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task WaitForLockAsync(string store)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Parse(store).ConnectionString);
        await connection.OpenAsync(Cancel);
        await Wait.UntilAsync("the load has its lock", async () =>
        {
            await using var query = new NpgsqlCommand(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = CURRENT_DATABASE())", connection);
            return await query.ExecuteScalarAsync(Cancel) is > 0L;
        });
    }
}
