using System.Globalization;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Web;

/// <summary>One real server that loads while it serves requests, and its shutdown.</summary>
public sealed class GracefulShutdownTests(Datasets datasets) : IDisposable
{
    /// <summary>All movies with all their fields: too large for the response cache, and slow to send.</summary>
    private const string Long = "/api/v1/movies?format=ndjson&order=title";

    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_responds_during_a_load_and_no_response_mixes_two_snapshots()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Large);
        await using var served = await ServeProcess.StartAsync(_workspace, "--load-from", Path.GetDirectoryName(datasets.Large)!);
        await using var events = await EventReader.OpenAsync(served.Client);
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 3).Select(async i =>
        {
            var seen = new List<(int Snapshot, string Query, string Data)>();
            for (var round = 0; !done.IsCancellationRequested; round++)
            {
                var query = $"/api/v1/reports/companies?from={1900 + (((round * 3) + i) % 100)}&limit=50";
                var response = await served.JsonAsync(query);
                seen.Add((response.GetProperty("meta").GetProperty("snapshot").GetInt32(), query, response.GetProperty("data").GetRawText()));
            }

            return seen;
        }).ToList();
        Assert.Equal("published", (await served.LoadAsync(new { source = Path.GetFileName(datasets.OtherLarge), accept = Workspace.AnyContent.Split(',') })).GetProperty("state").GetString());
        Assert.Equal(2, await events.NextIdAsync());
        await done.CancelAsync();
        var all = (await Task.WhenAll(asking)).SelectMany(seen => seen).ToList();
        Assert.Contains(all, response => response.Snapshot == 1);
        foreach (var (snapshot, query, data) in all.Where((_, i) => i % 5 == 0))
        {
            Assert.Equal((await served.JsonAsync($"{query}&snapshot={snapshot}")).GetProperty("data").GetRawText(), data);
        }

        // A client that leaves a stream is not logged.
        await events.DisposeAsync();
        await served.JsonAsync("/api/v1/loads");
        var result = await served.EndAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Serving ", Assert.Single(result.ErrorLines, line => !line.StartsWith("audit: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CineLedgerProcess.HangUp)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_signal_ends_streams_cancels_the_load_finishes_requests_and_closes_the_ledger(int signal)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Large);
        await using var slow = new SlowSource();
        await using var served = await ServeProcess.StartAsync(_workspace, "--allow-private-targets");
        await using var events = await EventReader.OpenAsync(served.Client);
        await served.PostAsync("/api/v1/loads", new { source = slow.Address });
        await slow.Requested.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var response = await served.Client.GetAsync(Long, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var ending = served.EndAsync(signal);
        Assert.Null(await events.NextAsync());
        var lines = (await response.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var result = await ending;
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("it was canceled; nothing was published", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.True(lines.Length > 20_000, $"only {lines.Length} movies");
        Assert.EndsWith("}", lines[^1], StringComparison.Ordinal);

        // The ledger is closed: another process can open it without recovery.
        Assert.False(File.Exists($"{_workspace.Store}.wal"));
        Assert.Single((await _workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "csv")).OutputLines.Skip(1));
    }

    [Fact]
    public async Task A_disconnected_client_cancels_its_query()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Large);
        await using var served = await ServeProcess.StartAsync(_workspace);
        var address = "/api/v1/query?by=actor,keyword,company,genre,spoken_language,director&measure=releases,revenue,budget:median&order=revenue";
        var before = served.Process.ProcessorTime;
        await served.JsonAsync($"{address}&limit=99");
        var whole = served.Process.ProcessorTime - before;

        // Four times as many clients as can read concurrently.
        using var removed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var callers = Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                // A query may end before the cancellation, or fail because the ledger is out of memory.
                using var response = await served.Client.GetAsync($"{address}&limit={100 + i}", removed.Token);
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        }).ToList();
        before = served.Process.ProcessorTime;
        await Wait.UntilAsync("queries are running", () => served.Process.ProcessorTime - before > whole / 2);
        before = served.Process.ProcessorTime;
        await removed.CancelAsync();
        var left = (await Task.WhenAll(callers)).Count(hasStopped => hasStopped);
        Assert.True(left > 2, $"only {left} clients were still waiting for their responses");
        await served.JsonAsync("/api/v1/reports/genres?limit=1");
        await Wait.UntilAsync("all queries have ended", async () => await ConnectionsInUseAsync(served) == 0);

        // Run to its end, any of the canceled queries would have used most of the time that the complete one used.
        var taken = served.Process.ProcessorTime - before;
        Assert.True(taken < whole / 2, $"{left} canceled queries used {taken}, a complete one {whole}");
        Assert.Equal(0, (await served.EndAsync()).ExitCode);
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task<double> ConnectionsInUseAsync(ServeProcess served) => double.Parse(
        (await served.Client.GetStringAsync("/metrics", Cancel)).Split('\n').First(line => line.StartsWith("cineledger_pool_connections", StringComparison.Ordinal)).Split(' ')[^1],
        CultureInfo.InvariantCulture);
}
