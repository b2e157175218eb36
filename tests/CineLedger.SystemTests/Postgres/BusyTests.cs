using CineLedger.Storage.Postgres;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Interruptions;
using CineLedger.Tests.Support;
using Npgsql;

namespace CineLedger.SystemTests.Postgres;

public sealed class BusyTests(SharedServer server, Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_load_is_under_way_readers_go_on_another_load_ends_with_4_and_one_that_waits_comes_next()
    {
        var store = await server.CreateDatabaseAsync();
        await _desk.GoodAsync("load", datasets.Films, "--store", store);
        var before = await _desk.AnswersAsync(store: store);

        await using var input = new HeldStream(Datasets.Csv(datasets.Clean));
        await using var load = CineLedgerProcess.Start(_desk.Folder, ["load", "-", "--allow-shrink", "--store", store], input);
        await input.Drained;
        await WaitForLockAsync(store);
        var line = Desk.OneLine(await _desk.RunAsync("load", datasets.Films, "--store", store), 4);
        Assert.Matches(@"is being loaded by \w+ .*\(server process \d+\) since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; add --wait to queue up, or try again later\.$", line);
        await using var waiting = _desk.Start("load", datasets.Large, "--wait", "--allow-shrink", "--store", store);
        Assert.Equal(before, await _desk.AnswersAsync(store: store));

        input.Release();
        Assert.Contains("2 published", (await load.WaitAsync()).Error, StringComparison.Ordinal);
        Assert.Contains("3 published", (await waiting.WaitAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(before, await _desk.AnswersAsync(1, store));
    }

    [Fact]
    public async Task Whoever_listens_is_told_of_a_new_snapshot_once_it_can_be_read()
    {
        var store = await server.CreateDatabaseAsync();
        await _desk.GoodAsync("load", datasets.Clean, "--store", store);
        await using var listener = new NpgsqlConnection(PostgresAddress.Parse(store).ConnectionString);
        await listener.OpenAsync(Cancel);
        var heard = new TaskCompletionSource<string>();
        listener.Notification += (_, told) => heard.TrySetResult(told.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresLedger.Channel}", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancel);
        }

        await _desk.GoodAsync("load", datasets.Films, "--allow-shrink", "--store", store);
        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal("2", await heard.Task);
    }

    [Fact]
    public async Task A_password_is_never_shown()
    {
        var store = (await server.CreateDatabaseAsync()).Replace("postgres@", "postgres:s3cret@", StringComparison.Ordinal);
        var shown = await _desk.GoodAsync("load", datasets.Clean, "--store", store, "--verbose");
        Assert.DoesNotContain("s3cret", shown.Error + shown.Output, StringComparison.Ordinal);
        Assert.Contains("Store      postgres://postgres@127.0.0.1", shown.Error, StringComparison.Ordinal);
        foreach (var ask in (string[][])[["report", "genres", "--store", store.Replace("ledger_", "gone_", StringComparison.Ordinal), "--verbose"], ["report", "genres", "--store", store + "?nonsense=1"]])
        {
            Assert.DoesNotContain("s3cret", (await _desk.RunAsync(ask)).Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _desk.Dispose();

    private static async Task WaitForLockAsync(string store)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Parse(store).ConnectionString);
        await connection.OpenAsync(Cancel);
        await Wait.UntilAsync("the load has its lock", async () =>
        {
            await using var ask = new NpgsqlCommand(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = CURRENT_DATABASE())", connection);
            return await ask.ExecuteScalarAsync(Cancel) is > 0L;
        });
    }
}
