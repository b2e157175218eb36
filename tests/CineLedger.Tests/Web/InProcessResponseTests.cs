using System.Net;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

public sealed class InProcessResponseTests(InProcessServer served) : ResponseSuite(served), IClassFixture<InProcessServer>;

public sealed class InProcessResourceTests(InProcessServer served) : ResourceSuite(served), IClassFixture<InProcessServer>;

/// <summary>Tests responses while the served ledger is loaded.</summary>
public sealed class LoadedWhileServedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pagination_stays_on_its_snapshot_during_a_load()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        const string movies = "/api/v1/movies?order=release_date&limit=3";
        var whole = await served.RowsAsync("/api/v1/movies?order=release_date");
        var rows = new List<string>();
        var response = await served.JsonAsync(movies);
        rows.AddRange(ServedLedger.Rows(response));
        await served.LoadAsync(ServedMovies.Third);
        while (response.GetProperty("meta").GetProperty("next").GetString() is { } cursor)
        {
            response = await served.JsonAsync($"{movies}&cursor={cursor}");
            Assert.Equal(2, response.GetProperty("meta").GetProperty("snapshot").GetInt32());
            rows.AddRange(ServedLedger.Rows(response));
        }

        Assert.Equal(whole, rows);
        Assert.Equal(11, (await served.RowsAsync("/api/v1/movies")).Length);
    }

    [Fact]
    public async Task A_company_named_like_a_formula_is_marked_in_safe_CSV_only()
    {
        const string Formula = "=HYPERLINK(1)";
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        await served.LoadAsync([MovieFile.Full(900, ("production_companies", $"[{{'name': '{Formula}', 'id': 9}}]")), .. ServedMovies.Second]);
        const string Companies = "/api/v1/companies?q=HYPERLINK";
        Assert.StartsWith($"name,movies,first_year,last_year\r\n{Formula},1,", await served.TextAsync($"{Companies}&format=csv"), StringComparison.Ordinal);
        using var safe = await served.SendAsync($"{Companies}&format=csv-safe");
        Assert.StartsWith($"name,movies,first_year,last_year\r\n'{Formula},1,", await safe.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("text/csv", safe.Content.Headers.ContentType?.MediaType);

        // By media type, CSV is what the ledger holds.
        using var accepted = await served.SendAsync(Companies, ("Accept", "text/csv"));
        Assert.DoesNotContain("'=", await accepted.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_changes_the_newest_answer_and_its_tag_and_no_permanent_one()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        const string genres = "/api/v1/reports/genres";
        var before = await served.JsonAsync(genres);
        var link = before.GetProperty("meta").GetProperty("permalink").GetString()!;
        var permanent = await served.TextAsync(link);
        using var old = await served.SendAsync(genres);
        await served.LoadAsync(ServedMovies.Third);

        using var now = await served.SendAsync(genres, ("If-None-Match", old.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
        Assert.NotEqual(old.Headers.ETag, now.Headers.ETag);
        Assert.Contains("\"since\":{\"snapshot\":2,\"newer\":true,\"snapshots\":1,\"added\":1,", await now.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(permanent, await served.TextAsync(link));
        Assert.Equal(ServedLedger.Rows(before), ServedLedger.Rows(await served.JsonAsync(link)));
        Assert.Contains(await served.RowsAsync(genres), row => row.StartsWith("1999|Drama|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Concurrent_readers_during_a_load_get_consistent_snapshots()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        var known = new Dictionary<string, string[]> { ["2"] = await served.RowsAsync("/api/v1/reports/company-genres?snapshot=2") };
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 8).Select(async i =>
        {
            var seen = new List<(string Snapshot, string[] Rows)>();
            for (var round = 0; !done.IsCancellationRequested; round++)
            {
                // Each query is different, so that no response comes from the cache.
                var response = await served.JsonAsync($"/api/v1/reports/company-genres?from={1870 + (round % 100)}&limit={900 + i}");
                seen.Add((response.GetProperty("meta").GetProperty("snapshot").ToString(), ServedLedger.Rows(response)));
            }

            return seen;
        }).ToList();
        await served.LoadAsync(ServedMovies.Third);
        await served.LoadAsync(ServedMovies.First);
        await done.CancelAsync();
        foreach (var (snapshot, rows) in (await Task.WhenAll(asking)).SelectMany(seen => seen))
        {
            if (!known.TryGetValue(snapshot, out var expected))
            {
                known[snapshot] = expected = await served.RowsAsync($"/api/v1/reports/company-genres?snapshot={snapshot}");
            }

            Assert.Equal(expected, rows);
        }
    }

    [Fact]
    public async Task A_query_that_times_out_is_cancelled_and_reported()
    {
        await using var served = new ImpatientServer();
        await served.InitializeAsync();
        var (status, problem) = await served.ProblemAsync("/api/v1/reports/genres");
        Assert.Equal((HttpStatusCode.GatewayTimeout, "/problems/timed-out"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_ledger_without_a_snapshot_is_live_not_ready_and_says_what_to_do()
    {
        await using var served = new EmptyLedgerServer();
        await served.InitializeAsync();
        Assert.Contains("live", await served.TextAsync("/health/live"), StringComparison.Ordinal);
        foreach (var address in (string[])["/health/ready", "/api/v1/reports/genres", "/api/v1/snapshots"])
        {
            var (status, problem) = await served.ProblemAsync(address);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/no-snapshot"), (status, problem.GetProperty("type").GetString()));
        }

        await served.LoadAsync(ServedMovies.First);
        Assert.NotEmpty(await served.RowsAsync("/api/v1/reports/genres"));
    }

    private sealed class EmptyLedgerServer : InProcessServer
    {
        /// <summary>Creates the tables without any data.</summary>
        protected override async Task CreateLedgerAsync() => await (await DuckDbLedger.OpenAsync(Store, default)).DisposeAsync();
    }
}
