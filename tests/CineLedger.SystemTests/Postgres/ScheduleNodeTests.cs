using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Several servers that share a schedule and a PostgreSQL store, with clocks minutes apart.</summary>
public sealed class ScheduleNodeTests(SharedServer server) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-nodes-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exactly_one_node_loads_each_time_despite_clock_skew()
    {
        var store = await server.CreateDatabaseAsync();
        var source = Path.Combine(_folder.FullName, "movies.csv");
        await File.WriteAllTextAsync(source, MovieFile.Text(MovieFile.Full(1), MovieFile.Full(2)), Cancel);
        await (await PostgresLedger.OpenAsync(store, wait: true, Cancel)).DisposeAsync();
        var schedule = LoadSchedule.Parse("* * * * * *", null, TimeSpan.Zero, source, new LoadOptions(), DateTime.UtcNow);
        var started = DateTime.UtcNow;
        IReadOnlyList<LoadRecord> runs;
        await using (await NodeAsync(store, schedule, TimeSpan.FromMinutes(-7)))
        await using (await NodeAsync(store, schedule, TimeSpan.Zero))
        await using (await NodeAsync(store, schedule, TimeSpan.FromMinutes(7)))
        {
            runs = await Wait.ForAsync("five loads have ended", () => RunsAsync(store), all => all.Count(run => run.EndedAt is not null) >= 5);
        }

        // The first load is due at once, since the ledger is empty; later ones every second, or at the last time that passed during a load.
        Assert.Equal(runs.Count, runs.Select(run => run.DueAt).Distinct().Count());
        Assert.All(runs, run => Assert.Equal((1, LoadTrigger.Schedule), (run.Attempt, run.Trigger)));
        Assert.Equal([LoadState.Published, LoadState.Unchanged], runs.Where(run => run.State != LoadState.Cancelled).Select(run => run.State).Distinct().Order());
        Assert.All(runs, run => Assert.InRange(run.DueAt!.Value, started.AddSeconds(-5), DateTime.UtcNow.AddSeconds(5)));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.DueAt > pair.Second.DueAt && pair.First.StartedAt >= pair.Second.EndedAt, "two loads overlap"));
    }

    [Fact]
    public async Task A_dead_nodes_load_is_found_and_only_one_of_two_claims_wins()
    {
        var store = await server.CreateDatabaseAsync();
        await (await PostgresLedger.OpenAsync(store, wait: true, Cancel)).DisposeAsync();
        var schedule = LoadSchedule.Parse("* * * * * *", null, TimeSpan.Zero, "movies.csv", new LoadOptions(), DateTime.UtcNow);
        await using (var dead = await PostgresLedger.OpenAsync(store, wait: true, Cancel))
        {
            Assert.NotNull(await ScheduledLoad.ClaimAsync(dead, schedule, TimeProvider.System, Cancel));
        }

        await using var ledger = await PostgresLedger.OpenAsync(store, wait: true, Cancel);
        var next = (await ScheduledLoad.ClaimAsync(ledger, schedule, new SkewedClock(TimeSpan.FromSeconds(2)), Cancel))!;
        Assert.Equal([LoadState.Running, LoadState.Lost], (await LoadHistory.ListAsync(ledger.Connection, new(), Cancel)).Select(run => run.State));

        // Even without the lock only one node gets the row, which is unique by schedule, time and attempt.
        await using var other = await ledger.OpenReaderAsync(Cancel);
        var claims = Enumerable.Range(0, 2).Select(i => next with { Id = $"claim-{i}", DueAt = next.DueAt!.Value.AddSeconds(60) }).ToList();
        var won = await Task.WhenAll(ScheduleRows.ClaimAsync(ledger.Connection, claims[0], Cancel), ScheduleRows.ClaimAsync(other, claims[1], Cancel));
        Assert.Single(won, true);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<IReadOnlyList<LoadRecord>> RunsAsync(string store)
    {
        await using var ledger = await PostgresLedger.OpenReadOnlyAsync(store, null, Cancel);
        return await LoadHistory.ListAsync(ledger.Connection, new(), Cancel);
    }

    private static async Task<IAsyncDisposable> NodeAsync(string store, LoadSchedule schedule, TimeSpan off)
    {
        var pool = await LedgerPool.OpenAsync(store, null, readOnly: false, NullLogger.Instance, Cancel);
        var app = WebServer.Create(
            new WebOptions { Store = store, Urls = "http://127.0.0.1:0", Schedule = schedule },
            pool,
            builder => builder.Services.AddSingleton<TimeProvider>(new SkewedClock(off)));
        await app.StartAsync(Cancel);
        return new ServerNode(app, pool);
    }

    private sealed class SkewedClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }

    private sealed class ServerNode(WebApplication app, LedgerPool pool) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
            await pool.DisposeAsync();
        }
    }
}
