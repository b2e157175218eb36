using System.Diagnostics;
using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Streaming;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.SystemTests.Postgres;

/// <summary>A separate cluster, one of whose workers is stopped while the cluster is idle and at random points of every operation that writes.</summary>
public sealed class CitusFaultTests(Datasets datasets) : IAsyncLifetime
{
    private const int Movies = 3_000;

    private readonly CitusCluster _cluster = new();
    private readonly Workspace _workspace = new();
    private PostgresServer[] _nodes = [];
    private string _store = "";

    /// <summary>Failures whose message does not name the worker.</summary>
    private readonly List<string> _unnamed = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PostgresServer Worker => _nodes[2];

    private string WorkerName => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Worker.Port}");

    public async ValueTask InitializeAsync()
    {
        CitusCluster.SkipIfMissing();
        _nodes = await _cluster.GetNodesAsync();
        _store = await _cluster.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _cluster.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task A_stopped_worker_is_named_by_every_command()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", _store);
        var before = await _workspace.ReadAnswersAsync(1, _store);
        var healthy = await _workspace.RunAsync("doctor", "--store", _store);
        Assert.Equal(2, healthy.OutputLines.Count(line => line.StartsWith("good     worker", StringComparison.Ordinal) && line.EndsWith(" responds.", StringComparison.Ordinal)));
        Assert.Contains(healthy.OutputLines, line => line.StartsWith("good     size", StringComparison.Ordinal) && line.EndsWith(" MB on 3 nodes.", StringComparison.Ordinal));
        Assert.InRange(GetSize(healthy), await ReadSizeAsync(_nodes[0]) + await ReadSizeAsync(_nodes[1]) + 1, long.MaxValue);

        await Worker.StopAsync("immediate");
        var unhealthy = await _workspace.RunAsync("doctor", "--store", _store);
        Assert.Equal(1, unhealthy.ExitCode);
        Assert.Contains(unhealthy.OutputLines, line => line.StartsWith($"bad      worker           {WorkerName} does not respond; start it", StringComparison.Ordinal));
        Assert.Contains(unhealthy.OutputLines, line => line.StartsWith("warning  size", StringComparison.Ordinal) && line.Contains(" MB on 2 of 3 nodes", StringComparison.Ordinal));
        foreach (var command in (string[][])[["report", "companies"], ["report", "genres", "--snapshot", "1"], ["sql", "SELECT COUNT(*) FROM movies"]])
        {
            var line = Workspace.OneLine(await _workspace.RunAsync([.. command, "--store", _store]), 1);
            Assert.Contains($"the Citus worker {WorkerName} cannot be reached", line, StringComparison.Ordinal);
        }

        var load = Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store), 1);
        Assert.Contains($"the Citus worker {WorkerName} cannot be reached. Nothing was published; start it", load, StringComparison.Ordinal);

        await Worker.StartAsync();
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
    }

    /// <summary>CINELEDGER_TEST_KILLS sets the number of points of each kind.</summary>
    [Fact]
    public async Task A_worker_killed_at_any_point_leaves_the_old_snapshots_unchanged_and_the_next_load_works()
    {
        var points = int.TryParse(Environment.GetEnvironmentVariable("CINELEDGER_TEST_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : 2;
        var random = new Random(44);
        await LoadAsync(0);
        var before = await _workspace.ReadAnswersAsync(1, _store);
        var (loadTime, pushTime) = (await MeasureAsync(() => LoadAsync(1)), await MeasureAsync(() => PushAsync(2)));
        var (failed, version) = (0, 2);
        for (var i = 0; i < points; i++)
        {
            version++;
            failed += await KillAsync(() => LoadAsync(version), loadTime * random.NextDouble()) ? 1 : 0;
            await AssertUsableAsync();
            version++;
            failed += await KillAsync(() => PushAsync(version), pushTime * random.NextDouble()) ? 1 : 0;
            await AssertUsableAsync();

            // The publication is the end of a load.
            version++;
            failed += await KillAsync(() => LoadAsync(version), loadTime * (0.7 + (0.3 * random.NextDouble()))) ? 1 : 0;
            await AssertUsableAsync();
        }

        TestContext.Current.SendDiagnosticMessage($"{3 * points} kills, {failed} of them failed what was running");
        Assert.NotEqual(0, failed);
        Assert.Empty(_unnamed);

        async Task AssertUsableAsync()
        {
            Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
            var summary = await LoadAsync(++version);
            Assert.Equal((true, (long)Movies), (summary.IsPublished, summary.Snapshot.Movies));
            await using var ledger = await StoreEngine.Get(_store).OpenReadOnlyAsync(_store, null, Cancel);
            Assert.Equal(
                Enumerable.Range(1, Movies).Sum(id => GetRevenue(id, version)),
                await ledger.Connection.ExecuteScalarAsync("SELECT CAST(SUM(revenue) AS BIGINT) FROM movie WHERE until IS NULL", Cancel));
            Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
        }
    }

    private static long GetRevenue(long id, int version) => ((2 + (id % 50)) * 2_000_003) + version;

    private static MovieRow[] CreateRows(int version) => [.. Enumerable.Range(1, Movies).Select(id => Varied(id, ("revenue", $"{GetRevenue(id, version)}")))];

    private async Task<LoadSummary> LoadAsync(int version)
    {
        await using var ledger = await PostgresLedger.OpenAsync(_store, wait: true, Cancel);
        return await Loader.LoadAsync(ledger, MemoryDataset.Create(Text(CreateRows(version))), Accept.Anything, null, Cancel);
    }

    private async Task PushAsync(int version)
    {
        var changes = await CleanedJson.ChangesAsync(CleanedJson.Lines((await CleanedFile.CreateAsync(CreateRows(version))).Movies), "push/a");
        await using var ledger = await PostgresLedger.OpenAsync(_store, wait: true, Cancel);
        await ChangeWriter.ApplyAsync(ledger, [changes], new("push") { AcceptedGates = Accept.Content }, Cancel);
    }

    private static async Task<TimeSpan> MeasureAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Kills the worker after a time and starts it again. Returns whether the work failed, which must be with one line that says what to do.</summary>
    private async Task<bool> KillAsync(Func<Task> work, TimeSpan after)
    {
        var running = work();
        await Task.Delay(after, Cancel);
        await Worker.StopAsync("immediate");
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Worker.StartAsync();

        // The extension does this every minute; the cluster of the tests does not.
        await _nodes[0].ExecuteAsync(_store.Split('/')[^1], "SELECT recover_prepared_transactions()");
        if (running.Exception?.InnerException is { } error)
        {
            Assert.IsType<LedgerException>(error);
            if (!error.Message.Contains($"the Citus worker {WorkerName} cannot be reached", StringComparison.Ordinal))
            {
                _unnamed.Add($"{error.Message} {error.InnerException}");
            }
        }

        return running.IsFaulted;
    }

    private static long GetSize(CommandResult doctor) =>
        long.Parse(doctor.OutputLines.Single(line => line.StartsWith("good     size", StringComparison.Ordinal)).Split(" uses ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    private async Task<long> ReadSizeAsync(PostgresServer node)
    {
        await using var connection = await node.ConnectAsync(_store.Split('/')[^1]);
        return (long)(await connection.ExecuteScalarAsync("SELECT pg_database_size(current_database())", Cancel))! >> 20;
    }
}
