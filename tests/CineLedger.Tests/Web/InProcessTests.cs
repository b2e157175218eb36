using System.Net;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Web;

public sealed class InProcessAnswerTests(InProcessServer served) : AnswerSuite(served), IClassFixture<InProcessServer>;

public sealed class InProcessResourceTests(InProcessServer served) : ResourceSuite(served), IClassFixture<InProcessServer>;

/// <summary>A ledger that is loaded while it is served.</summary>
public sealed class LoadedWhileServedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_a_load_comes_in_between_of_are_of_the_snapshot_they_began_with()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        const string films = "/api/v1/movies?order=release_date&limit=3";
        var whole = await served.RowsAsync("/api/v1/movies?order=release_date");
        var rows = new List<string>();
        var answer = await served.JsonAsync(films);
        rows.AddRange(ServedLedger.Rows(answer));
        await served.LoadAsync(ServedFilms.Third);
        while (answer.GetProperty("meta").GetProperty("next").GetString() is { } cursor)
        {
            answer = await served.JsonAsync($"{films}&cursor={cursor}");
            Assert.Equal(2, answer.GetProperty("meta").GetProperty("snapshot").GetInt32());
            rows.AddRange(ServedLedger.Rows(answer));
        }

        Assert.Equal(whole, rows);
        Assert.Equal(11, (await served.RowsAsync("/api/v1/movies")).Length);
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
        await served.LoadAsync(ServedFilms.Third);

        using var now = await served.SendAsync(genres, ("If-None-Match", old.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
        Assert.NotEqual(old.Headers.ETag, now.Headers.ETag);
        Assert.Contains("\"since\":{\"snapshot\":2,\"newer\":true,\"snapshots\":1,\"added\":1,", await now.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(permanent, await served.TextAsync(link));
        Assert.Equal(ServedLedger.Rows(before), ServedLedger.Rows(await served.JsonAsync(link)));
        Assert.Contains(await served.RowsAsync(genres), row => row.StartsWith("1999|Drama|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_who_ask_while_it_is_loaded_get_whole_answers_of_one_snapshot_each()
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
                // Each another question, so that memory does not answer.
                var answer = await served.JsonAsync($"/api/v1/reports/company-genres?from={1 + (round % 900)}&limit={900 + i}");
                seen.Add((answer.GetProperty("meta").GetProperty("snapshot").ToString(), ServedLedger.Rows(answer)));
            }

            return seen;
        }).ToList();
        await served.LoadAsync(ServedFilms.Third);
        await served.LoadAsync(ServedFilms.First);
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
    public async Task A_query_that_takes_too_long_is_ended_and_told()
    {
        await using var served = new ImpatientServer();
        await served.InitializeAsync();
        var (status, problem) = await served.ProblemAsync("/api/v1/reports/genres");
        Assert.Equal((HttpStatusCode.GatewayTimeout, "/problems/timed-out"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_ledger_without_a_snapshot_is_live_not_ready_and_says_what_to_do()
    {
        await using var served = new EmptyServer();
        await served.InitializeAsync();
        Assert.Contains("live", await served.TextAsync("/health/live"), StringComparison.Ordinal);
        foreach (var address in (string[])["/health/ready", "/api/v1/reports/genres", "/api/v1/snapshots"])
        {
            var (status, problem) = await served.ProblemAsync(address);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/no-snapshot"), (status, problem.GetProperty("type").GetString()));
        }

        await served.LoadAsync(ServedFilms.First);
        Assert.NotEmpty(await served.RowsAsync("/api/v1/reports/genres"));
    }

    private sealed class EmptyServer : InProcessServer
    {
        /// <summary>Its tables alone.</summary>
        protected override async Task MakeLedgerAsync() => await (await DuckDbLedger.OpenAsync(Store, default)).DisposeAsync();
    }
}
