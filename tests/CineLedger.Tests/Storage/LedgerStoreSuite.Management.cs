using System.Data;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

public abstract partial class LedgerStoreSuite
{
    private static readonly LoadOptions Allow = new() { AllowsShrink = true, AcceptedGates = Accept.Content, MaxRejects = 1 };

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    public async Task A_prune_changes_nothing_of_the_snapshots_it_keeps(int keep, int removed)
    {
        await LoadFiveAsync();
        int[] kept = [.. Enumerable.Range(6 - keep, keep)];
        var before = await AnswersAsync(kept);
        var rows = await CountAsync("movie");

        var summary = await SnapshotPrune.RunAsync(Ledger, keep, Cancel);
        Assert.Equal((removed, kept[0], 5), (summary.Snapshots, summary.Oldest, summary.Newest));
        Assert.Equal(rows - summary.Versions, await CountAsync("movie"));
        Assert.Equal(before, await AnswersAsync(kept));
        Assert.Equal(kept, (await SnapshotRows.ListAsync(Connection, Cancel)).Select(snapshot => snapshot.Id));
        await Assert.ThrowsAsync<UsageException>(() => SnapshotRows.FindAsync(Connection, kept[0] - 1, Cancel));
        Assert.Equal(0, (await SnapshotPrune.RunAsync(Ledger, keep, Cancel)).Snapshots);
    }

    [Fact]
    public async Task The_newest_snapshot_is_copied_without_its_history_and_a_load_of_the_copy_does_what_a_load_of_the_ledger_does()
    {
        MovieRow[] first = [.. Enumerable.Range(1, 40).Select(id => Varied(id))];
        MovieRow[] second = [.. first.Skip(1).Select((movie, i) => i == 0 ? movie.With(("budget", "77000000")) : movie)];
        MovieRow[] third = [.. second.Skip(1), Varied(50)];
        await LoadAsync(first);
        await LoadAsync(Accept.Anything, second);
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        try
        {
            await using var copy = await DuckDbLedger.OpenAsync(Path.Combine(folder.FullName, "copy.duckdb"), Cancel);
            Assert.Equal(2, await LedgerCopy.CopyNewestAsync(Ledger, copy, [], Cancel));
            Assert.Equal(39L, await copy.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM movie", Cancel));
            Assert.Equal(await MoviesAsync(2), (await MovieRows.ReadAsync(copy.Connection, "m.until IS NULL", Cancel)).Select(version => TmdbJson.ToText(version.Movie)));
            var tried = await Loader.LoadAsync(copy, MemoryDataset.Create(MovieFile.Text(third)), Accept.Anything, null, Cancel);
            var loaded = await LoadAsync(Accept.Anything, third);
            Assert.Equal(
                loaded.Snapshot with { StartedAt = default, PublishedAt = default }, tried.Snapshot with { StartedAt = default, PublishedAt = default });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_prune_leaves_no_row_that_no_kept_snapshot_holds()
    {
        await LoadFiveAsync();
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        var movies = await ReadAsync(5);
        Assert.Equal(
            (movies.Count, movies.Sum(movie => movie.Companies.Count), movies.Sum(movie => movie.Genres.Count),
                movies.Sum(movie => movie.Countries.Count), movies.Sum(movie => movie.Languages.Count)),
            (await CountAsync("movie"), await CountAsync("movie_company"), await CountAsync("movie_genre"), await CountAsync("movie_country"), await CountAsync("movie_language")));
        Assert.Equal((await FindingsAsync(5)).Count, await CountAsync("finding"));
        Assert.Equal(1L, await CountAsync("source_version"));
        Assert.Equal("v5", await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
    }

    [Fact]
    public async Task The_history_of_a_movie_begins_with_the_oldest_snapshot_that_is_kept()
    {
        await LoadFiveAsync();
        Assert.Equal(["1 added a", "2 changed b", "3 removed ", "5 added c"], await TitlesAsync(1));
        await SnapshotPrune.RunAsync(Ledger, 4, Cancel);
        Assert.Equal(["2 added b", "3 removed ", "5 added c"], await TitlesAsync(1));
        Assert.Equal(["2 added Toy Story"], await TitlesAsync(2));
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(["5 added c"], await TitlesAsync(1));
        Assert.Contains("since snapshot 5", (await Assert.ThrowsAsync<UnknownMovieException>(() => TitlesAsync(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_after_a_prune_compares_with_the_kept_snapshot_and_gets_the_next_number()
    {
        await LoadFiveAsync();
        var last = await MoviesAsync(5);
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.False((await LoadAsync(Allow, Fifth)).IsPublished);
        var summary = await LoadAsync(Allow, [.. Fifth, Full(9, ("production_companies", "[{'name': 'Old', 'id': 3}, {'name': 'Newest', 'id': 4}]"))]);
        Assert.Equal((6, 1, 0, 0), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(last, await MoviesAsync(5));
        Assert.Equal(["Old", "Newest"], (await ReadAsync(6))[^1].Companies.Select(company => company.Name));
    }

    [Fact]
    public async Task A_prune_keeps_at_least_one_snapshot()
    {
        await Assert.ThrowsAsync<LedgerException>(() => SnapshotPrune.RunAsync(Ledger, 1, Cancel));
        await LoadAsync(Full(1));
        var before = await StateAsync();
        await Assert.ThrowsAsync<UsageException>(() => SnapshotPrune.RunAsync(Ledger, 0, Cancel));
        Assert.Equal((0, 0, 1, 1), Numbers(await SnapshotPrune.RunAsync(Ledger, 1, Cancel)));
        Assert.Equal(before, await StateAsync());

        static (int, int, int, int) Numbers(PruneSummary summary) => (summary.Snapshots, summary.Versions, summary.Oldest, summary.Newest);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_revert_publishes_what_an_older_snapshot_held_and_changes_none(int id)
    {
        await LoadFiveAsync();
        int[] all = [1, 2, 3, 4, 5];
        var before = await AnswersAsync(all);
        var differences = Lines(await SnapshotDiff.ReadDiffAsync(Connection, 5, id, Cancel)).ToList();

        var (snapshot, published) = await SnapshotRevert.RunAsync(Ledger, id, Cancel);
        Assert.True(published);
        Assert.Equal(snapshot with { StartedAt = default, PublishedAt = default },
            (await SnapshotRows.FindLatestAsync(Connection, Cancel))! with { StartedAt = default, PublishedAt = default });
        Assert.Equal((6, $"snapshot {id}", null), (snapshot.Id, snapshot.Source, snapshot.SourceVersion));
        Assert.Equal(await MoviesAsync(id), await MoviesAsync(6));
        Assert.Equal(await ReportsAsync(id), await ReportsAsync(6));
        Assert.Empty(Lines(await SnapshotDiff.ReadDiffAsync(Connection, id, 6, Cancel)));
        Assert.Equal(differences, Lines(await SnapshotDiff.ReadDiffAsync(Connection, 5, 6, Cancel)));
        Assert.Equal(
            (Movies("added"), Movies("changed"), Movies("removed")), (snapshot.Added, snapshot.Changed, snapshot.Removed));
        Assert.Empty(await FindingsAsync(6));
        Assert.Equal(before, await AnswersAsync(all));

        long Movies(string change) => differences.Select(line => line.Split('|')).Where(cells => cells[0] == change).Select(cells => cells[1]).Distinct().Count();
    }

    [Fact]
    public async Task A_revert_to_what_the_ledger_holds_writes_nothing()
    {
        await LoadFiveAsync();
        var before = await StateAsync();
        Assert.False((await SnapshotRevert.RunAsync(Ledger, 5, Cancel)).IsPublished);
        await Assert.ThrowsAsync<UsageException>(() => SnapshotRevert.RunAsync(Ledger, 6, Cancel));
        Assert.Equal(before, await StateAsync());

        await SnapshotRevert.RunAsync(Ledger, 2, Cancel);
        before = await StateAsync();
        var (snapshot, published) = await SnapshotRevert.RunAsync(Ledger, 2, Cancel);
        Assert.Equal((false, 6), (published, snapshot.Id));
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_load_after_a_revert_compares_with_the_restored_content()
    {
        await LoadFiveAsync();
        await SnapshotRevert.RunAsync(Ledger, 2, Cancel);
        Assert.Null(await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
        Assert.False((await LoadAsync(Allow, Second)).IsPublished);
        var summary = await LoadAsync(Allow, Fifth);
        Assert.Equal(7, summary.Snapshot.Id);
        Assert.Equal(await MoviesAsync(5), await MoviesAsync(7));
        Assert.Equal(await MoviesAsync(2), await MoviesAsync(6));
        await SnapshotRevert.RunAsync(Ledger, 6, Cancel);
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.False((await LoadAsync(Allow, Second)).IsPublished);
    }

    [Fact]
    public async Task A_revert_deletes_rows_left_by_a_dead_load()
    {
        await LoadFiveAsync();
        await UnpublishedSnapshots.BeginAsync(Ledger.Connection, 6, Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie (movie_id, since, company_count, genre_count, content_hash, line) VALUES (77, 6, 0, 0, 5, 2)", Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie_genre VALUES (77, 6, 1, 0, NULL)", Cancel);
        await Assert.ThrowsAsync<UnknownMovieException>(() => SnapshotDiff.ReadHistoryAsync(Connection, 77, Cancel));
        await SnapshotRevert.RunAsync(Ledger, 2, Cancel);
        Assert.Equal(await MoviesAsync(2), await MoviesAsync(6));
    }

    private static MovieRow[] Second => [Full(1, ("title", "b")), Full(2), Full(3, ("production_companies", "[{'name': 'New', 'id': 3}]")), Bare(4)];

    private static MovieRow[] Fifth => [Full(1, ("title", "c")), Full(2), Full(4, ("vote_average", "7.5")), Full(5, ("budget", "GATORADE"))];

    /// <summary>Loads movies that stay, change, are removed, and are restored with the same or with changed content, names that are removed, and findings.</summary>
    private async Task LoadFiveAsync()
    {
        MovieRow[][] months =
        [
            [Full(1, ("title", "a")), Full(2), Full(3, ("production_companies", "[{'name': 'Old', 'id': 3}]")), Full(1, ("id", "x"))],
            Second,
            [Full(2), Bare(4), Full(5, ("release_date", "2001-02-03"))],
            [Full(2), Full(4, ("release_date", "")), Full(3, ("production_companies", "[{'name': 'New', 'id': 3}]"))],
            Fifth,
        ];
        for (var month = 0; month < months.Length; month++)
        {
            var summary = await LoadAsync(MemoryDataset.Create(MovieFile.Text(months[month]), $"v{month + 1}"), Allow, null, Cancel);
            Assert.Equal(month + 1, summary.Snapshot.Id);
        }
    }

    /// <summary>Returns everything that can be read of these snapshots, and the differences between every two of them.</summary>
    private async Task<IReadOnlyList<string>> AnswersAsync(int[] snapshots)
    {
        var answers = new List<string>();
        foreach (var id in snapshots)
        {
            answers.Add((await SnapshotRows.FindAsync(Connection, id, Cancel)).ToString());
            answers.AddRange(await MoviesAsync(id));
            answers.AddRange((await FindingsAsync(id)).Select(finding => finding.ToString()));
            answers.AddRange(await ReportsAsync(id));
            foreach (var other in snapshots)
            {
                answers.AddRange(Lines(await SnapshotDiff.ReadDiffAsync(Connection, id, other, Cancel)));
            }
        }

        return answers;
    }

    private async Task<IReadOnlyList<string>> ReportsAsync(int snapshot)
    {
        var lines = new List<string>();
        var found = await SnapshotRows.FindAsync(Connection, snapshot, Cancel);
        foreach (var report in ReportDefinition.All)
        {
            await using var result = await ReportRunner.OpenAsync(Connection, new ReportRequest { Report = report }, found, Cancel);
            while (await result.Rows.ReadAsync(Cancel))
            {
                lines.Add($"{report}: {string.Join('|', Enumerable.Range(0, result.Columns.Count).Select(result.Rows.GetValue))}");
            }
        }

        return lines;
    }

    private async Task<IEnumerable<string>> TitlesAsync(long movie) =>
        (await SnapshotDiff.ReadHistoryAsync(Connection, movie, Cancel)).Rows.Cast<DataRow>()
            .Where(row => row["field"] is "title" or DBNull).Select(row => $"{row["snapshot_id"]} {row["change"]} {row["after"]}");
}
