using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using CineLedger.Streaming;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests changes to single movies, which pushes and streams deliver.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly ChangeOptions Pushed = new("push");

    [Fact]
    public async Task The_response_to_a_push_is_stored_for_seven_days()
    {
        var now = DateTime.UtcNow;
        foreach (var (key, age) in (IEnumerable<(string, TimeSpan)>)[("old", TimeSpan.FromDays(7.01)), ("six-days", TimeSpan.FromDays(6.9)), ("new", TimeSpan.Zero)])
        {
            await PushResponseRows.AddAsync(Ledger.Connection, new StoredPushResponse(key, "hash", now - age, 1, "{}"), Cancel);
        }

        Assert.Null(await PushResponseRows.FindAsync(Ledger.Connection, "old", Cancel));
        Assert.Equal("hash", (await PushResponseRows.FindAsync(Ledger.Connection, "six-days", Cancel))?.BodyHash);
        Assert.Equal("hash", (await PushResponseRows.FindAsync(Ledger.Connection, "new", Cancel))?.BodyHash);
        Assert.Equal(2L, await CountAsync("push_answer"));
    }

    [Fact]
    public async Task Changes_of_single_movies_become_a_snapshot_that_a_load_of_the_same_movies_finds_unchanged()
    {
        MovieRow[] after = [Full(1, ("budget", "31000000")), Full(2), Full(4, ("production_companies", "[{'name': 'Brand New', 'id': 9}]"), ("release_date", ""))];
        await LoadAsync(Full(1), Full(2), Full(3, ("release_date", "")));
        var first = await MoviesAsync(1);

        var summary = await ChangeAsync(await JsonAsync(after) + "{\"id\": 3, \"deleted\": true}\n{\"id\": 99, \"deleted\": true}\nnonsense\n");
        Assert.True(summary.IsPublished);
        Assert.Equal(new ChangeCounts(6, 1, 1, 1, 2, 1), Assert.Single(summary.Counts));
        var snapshot = (await SnapshotRows.FindLatestAsync(Connection, Cancel))!;
        Assert.Equal((2, "push", 6, 3, 1, 1, 1, 1), (snapshot.Id, snapshot.Source, snapshot.Records, snapshot.Movies, snapshot.Undated,
            snapshot.Added, snapshot.Changed, snapshot.Removed));
        Assert.Equal(first, await MoviesAsync(1));
        Assert.Equal(["1 31000000", "2 30000000", "4 30000000"], (await ReadAsync(2)).Select(movie => $"{movie.Id} {movie.Budget}"));

        var found = await Connection.QueryAsync("SELECT snapshot_id, rule, file, line, value FROM finding", row => (row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4)), Cancel);
        Assert.Equal((2, Rules.InvalidJson, "push/a", 6, "nonsense"), Assert.Single(found));
        Assert.False((await LoadAsync(after)).IsPublished);
    }

    [Fact]
    public async Task Changes_that_change_nothing_write_nothing()
    {
        await LoadAsync(Full(1), Full(2));
        var before = await StateAsync();
        var summary = await ChangeAsync(await JsonAsync([Full(2), Full(1)]) + "{\"id\": 7, \"deleted\": true}\nnonsense");
        Assert.Equal((false, 1), (summary.IsPublished, summary.Snapshot!.Id));
        Assert.Equal(new ChangeCounts(4, 0, 0, 0, 3, 1), summary.Counts[0]);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task The_last_change_of_a_movie_wins()
    {
        await LoadAsync(Full(1), Full(2), Full(3));
        var summary = await ChangeAsync(
            await JsonAsync([Full(1, ("title", "First")), Full(4), Full(2, ("title", "Other"))]) + "{\"id\": 3, \"deleted\": true}\n",
            await JsonAsync([Full(1, ("title", "Second")), Full(3), Full(2)]) + "{\"id\": 4, \"deleted\": true}\n");
        Assert.Equal([new ChangeCounts(4, 1, 2, 1, 0, 0), new ChangeCounts(4, 1, 2, 1, 0, 0)], summary.Counts);
        Assert.Equal((2, 0, 1, 0), (summary.Snapshot!.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(["Second", "Toy Story", "Toy Story"], (await ReadAsync(2)).Select(movie => movie.Title));
    }

    [Fact]
    public async Task A_removed_movie_loses_its_ratings_people_and_keywords()
    {
        await LoadAsync(RelatedFiles.Dataset(Full(11), Full(12)), Accept.AnyContent, null, Cancel);
        await ChangeAsync("{\"id\": 11, \"deleted\": true}");
        foreach (var table in RelatedTables.All)
        {
            var movies = await Connection.QueryAsync($"SELECT DISTINCT movie_id FROM {table} WHERE until IS NULL", row => row.GetInt64(0), Cancel);
            Assert.Equal([12], movies);
        }

        var ratings = await Connection.QueryAsync("SELECT snapshot_id, ratings FROM snapshot ORDER BY snapshot_id", row => (row.GetInt32(0), row.GetInt64(1)), Cancel);
        Assert.Equal([(1, 3), (2, 1)], ratings);
        await ChangeAsync(await JsonAsync([Full(12, ("title", "New"))]));
        Assert.Equal(1L, await Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 3", Cancel));
    }

    [Fact]
    public async Task A_large_batch_of_changes_equals_a_load()
    {
        await LoadAsync(Enumerable.Range(1, 1_000).Select(id => Full(id)).ToArray());
        MovieRow[] after = [.. Enumerable.Range(500, 1_000).Select(id => Full(id, ("production_companies", $"[{{'name': 'Company {id}', 'id': {id}}}]")))];
        var removed = string.Concat(Enumerable.Range(1, 499).Select(id => $"{{\"id\": {id}, \"deleted\": true}}\n"));
        var summary = await ChangeAsync(Pushed with { AcceptedGates = Accept.Content }, await JsonAsync(after) + removed);
        Assert.Equal(new ChangeCounts(1_499, 499, 501, 499, 0, 0), summary.Counts[0]);
        Assert.False((await LoadAsync(Accept.Anything, after)).IsPublished);
        Assert.Equal(1_001L, await CountAsync("company"));
    }

    [Fact]
    public async Task An_empty_ledger_accepts_changes_and_gets_no_snapshot_without_any()
    {
        Assert.Null((await ChangeAsync("nonsense")).Snapshot);
        Assert.Equal(1, (await ChangeAsync(await JsonAsync([Full(1)]))).Snapshot!.Id);
        Assert.False((await LoadAsync(Full(1))).IsPublished);
    }

    [Fact]
    public async Task Findings_alone_make_a_snapshot_when_there_is_no_caller_to_report_to()
    {
        await LoadAsync(Full(1));
        var summary = await ChangeAsync(Pushed with { PublishesFindingsOnly = true }, "nonsense");
        Assert.Equal((true, 2, 1), (summary.IsPublished, summary.Snapshot!.Id, summary.Snapshot.Movies));
        Assert.Equal(1L, await CountAsync("finding"));
        Assert.False((await ChangeAsync(Pushed with { PublishesFindingsOnly = true }, await JsonAsync([Full(1)]))).IsPublished);
    }

    [Fact]
    public async Task Work_in_the_same_transaction_commits_with_the_snapshot_or_not_at_all()
    {
        await LoadAsync(Full(1));
        var before = await StateAsync();
        var noting = Pushed with
        {
            InSameTransaction = (connection, summary, cancellationToken) => connection.ExecuteAsync(
                "INSERT INTO push_answer VALUES ('k', 'h', $2, $1, '{}')", cancellationToken, summary.Snapshot!.Id, DateTime.UtcNow),
        };
        var failing = Pushed with
        {
            InSameTransaction = async (connection, summary, cancellationToken) =>
            {
                await noting.InSameTransaction(connection, summary, cancellationToken);
                throw new LedgerException("fenced");
            },
        };
        await Assert.ThrowsAsync<LedgerException>(async () => await ChangeAsync(failing, await JsonAsync([Full(2)])));
        if (Ledger.PublishesSeparately)
        {
            // Rows of an unpublished snapshot may remain: readers ignore them and the next change deletes them.
            Assert.Equal(1, (await SnapshotRows.FindLatestAsync(Connection, Cancel))!.Id);
            await UnpublishedSnapshots.ClearAsync(Connection, Cancel);
        }

        Assert.Equal(before, await StateAsync());
        Assert.Equal(0L, await CountAsync("push_answer"));

        await ChangeAsync(noting, await JsonAsync([Full(2)]));
        Assert.Equal(2, await Connection.ExecuteScalarAsync("SELECT snapshot_id FROM push_answer", Cancel));
    }

    [Fact]
    public async Task Rows_of_a_dead_load_are_not_part_of_the_next_change()
    {
        await LoadAsync(Full(1));

        // The state after a load that was killed once its rows were committed.
        await UnpublishedSnapshots.BeginAsync(Ledger.Connection, 2, Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie (movie_id, since, company_count, genre_count, content_hash, line) VALUES (77, 2, 0, 0, 5, 2)", Cancel);

        var summary = await ChangeAsync(await JsonAsync([Full(3)]));
        Assert.Equal(2, summary.Snapshot!.Id);
        Assert.Equal([1, 3], (await ReadAsync(2)).Select(movie => movie.Id));
        Assert.Equal(0L, await CountAsync("draft"));
    }

    private static async Task<string> JsonAsync(MovieRow[] rows) => CleanedJson.Lines((await CleanedFile.CreateAsync(rows)).Movies);

    private Task<ChangeSummary> ChangeAsync(params string[] bodies) => ChangeAsync(Pushed, bodies);

    private async Task<ChangeSummary> ChangeAsync(ChangeOptions options, params string[] bodies)
    {
        var sets = new List<ChangeSet>();
        foreach (var (body, place) in bodies.Select((body, place) => (body, place)))
        {
            sets.Add(await CleanedJson.ChangesAsync(body, $"push/{(char)('a' + place)}"));
        }

        return await ChangeWriter.ApplyAsync(Ledger, sets, options, Cancel);
    }
}
