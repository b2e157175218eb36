using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Streaming;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the quality gates of pushes and streams: damaged batches are stopped, and batches of ordinary changes are not.</summary>
public abstract partial class LedgerStoreSuite
{
    private const int BatchMovies = 60;

    private static readonly ChangeOptions GatedPush = new("push", LoadTrigger.Push) { Advice = gates => $"Accept {gates}." };

    [Theory]
    [InlineData("coverage", "budget", "budget", "0")]
    [InlineData("coverage", "genres", "genres", "[]")]
    [InlineData("coverage", "release_date", "release_date", "")]
    [InlineData("amounts", "revenue", "revenue", "99999999999")]
    [InlineData("amounts", "runtime", "runtime", "9.0")]
    [InlineData("names", "title", "title", "AmÃ©lie")]
    public async Task A_batch_with_a_damaged_column_publishes_nothing_and_is_on_record(string gate, string column, string field, string text)
    {
        await LoadVariedAsync();
        var batch = await BatchAsync(id => Varied(id, (field, text)));
        var error = await Assert.ThrowsAsync<QualityGateException>(() => ChangeAsync(GatedPush, batch));
        Assert.Contains((gate, column), error.Violations.Select(violation => (violation.Gate, violation.Column!)));
        Assert.EndsWith($"nothing was published. Accept {string.Join(',', error.Violations.Select(violation => violation.Gate).Distinct())}.", error.Message, StringComparison.Ordinal);
        Assert.Equal((1L, 400L, 0L), (await CountAsync("snapshot"), await CountAsync("movie"), await CountAsync("draft")));

        var record = Assert.Single(await LoadRows.ReadAsync(Connection, "WHERE trigger = 'push'", Cancel));
        Assert.Equal((LoadState.Gated, "push/a", error.Message), (record.State, record.Source, record.Error));
        Assert.Equal(error.Violations, record.Violations);
    }

    [Fact]
    public async Task Records_of_a_batch_are_judged_before_any_row_is_written()
    {
        await LoadVariedAsync();
        var good = await BatchAsync(id => Varied(id, ("vote_count", "7")));
        await AssertStoppedAsync("rejects", null, good + Repeat(61, _ => "nonsense"));
        await AssertStoppedAsync("field-rejects", "budget", good + Repeat(10, id => $$"""{"id": {{id}}, "title": "Movie {{id}}", "genres": [], "budget": "GATORADE", "release_date": "2001-01-05"}"""));
        await AssertStoppedAsync("kind", null, Repeat(20, id => $$"""{"id": {{1_000 + id}}, "title": "Movie {{id}}"}"""));
        Assert.Equal(10L, await Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM load_finding WHERE rule = 'invalid-number'", Cancel));
        Assert.Equal(50L, await Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM load_finding WHERE rule = 'invalid-json'", Cancel));

        // A few records prove nothing, whatever they are.
        Assert.Equal((20, 19), ((await ChangeAsync(good + Repeat(20, _ => "nonsense"))).Counts[0].Rejected, (await ChangeAsync(Repeat(19, _ => "nonsense"))).Counts[0].Rejected));
        Assert.True((await ChangeAsync(Repeat(19, id => $$"""{"id": {{id}}, "title": "Movie {{id}}"}"""))).IsPublished);
    }

    [Fact]
    public async Task Movies_under_other_ids_are_stopped()
    {
        await LoadVariedAsync();
        await AssertStoppedAsync("changed", "title", await BatchAsync(id => Varied(id + 1_007).With(("id", $"{id}"))));
        await AssertStoppedAsync("duplicates", "id", await BatchAsync(id => Varied(id).With(("id", $"{5_000 + id}"))));
    }

    [Fact]
    public async Task An_accepted_gate_publishes_the_batch_and_the_ledger_records_who_accepted_it()
    {
        await LoadVariedAsync();
        var options = GatedPush with { AcceptedGates = QualityGates.Parse("coverage"), AcceptedBy = "ann" };
        var summary = await ChangeAsync(options, await BatchAsync(id => Varied(id, ("budget", "0"))));
        Assert.Equal((true, 2, BatchMovies), (summary.IsPublished, summary.Snapshot!.Id, summary.Snapshot.Changed));
        var record = Assert.Single(await LoadRows.ReadAsync(Connection, "WHERE trigger = 'push'", Cancel));
        Assert.Equal((LoadState.Published, 2, BatchMovies), (record.State, record.SnapshotId, record.Counts!.Changed));
        Assert.Equal([("coverage", "budget", "ann")], record.Violations.Select(violation => (violation.Gate, violation.Column!, violation.AcceptedBy!)));
        Assert.Null(await LoadRows.FindLastSuccessAsync(Connection, Cancel));

        // The other gates still stop a batch.
        await Assert.ThrowsAsync<QualityGateException>(async () => await ChangeAsync(options, await BatchAsync(id => Varied(id, ("revenue", "99999999999")))));
    }

    [Fact]
    public async Task Ordinary_changes_of_many_movies_are_published()
    {
        await LoadVariedAsync();
        Func<long, MovieRow>[] changes =
        [
            id => Varied(id, ("popularity", $"{500 + id}.5"), ("vote_count", $"{20_000 + id}"), ("vote_average", "9.1")),
            id => Varied(id, ("title", $"The Movie {id}")),
            id => Varied(id, ("title", $"The Movie {id}"), ("release_date", "2001-05-01")),
            id => Varied(id, ("release_date", "2001-05-01")),
            id => Varied(id, ("budget", $"{(1 + (id % 50)) * 1_100_003}")),
            id => Varied(id, ("status", id % 2 == 0 ? "" : "Released"), ("homepage", id % 3 > 0 ? "http://movies.example" : "")),
            id => Varied(id, ("production_companies", $"[{{'name': 'Company {id % 60}', 'id': {id % 60}}}, {{'name': 'Company {id % 7}', 'id': {id % 7}}}]")),
            id => Varied(id + 2_000),
        ];
        foreach (var change in changes)
        {
            Assert.True((await ChangeAsync(GatedPush, await BatchAsync(change))).IsPublished);
        }

        var removed = await ChangeAsync(GatedPush, Repeat(BatchMovies, id => $$"""{"id": {{id}}, "deleted": true}"""));
        Assert.Equal(BatchMovies, removed.Counts[0].Removed);
        Assert.Equal(0L, await CountAsync("load_run"));
    }

    private Task<LoadSummary> LoadVariedAsync() => LoadAsync([.. Enumerable.Range(1, 400).Select(id => Varied(id))]);

    private static Task<string> BatchAsync(Func<long, MovieRow> create) => JsonAsync([.. Enumerable.Range(1, BatchMovies).Select(id => create(id))]);

    private static string Repeat(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(id => line(id) + "\n"));

    private async Task AssertStoppedAsync(string gate, string? column, string body)
    {
        var error = await Assert.ThrowsAsync<QualityGateException>(() => ChangeAsync(GatedPush, body));
        Assert.Equal([(gate, column)], error.Violations.Select(violation => (violation.Gate, violation.Column)));
        Assert.Equal((1L, 400L), (await CountAsync("snapshot"), await CountAsync("movie")));
    }
}
