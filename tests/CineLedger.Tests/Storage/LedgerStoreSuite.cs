using System.Data.Common;
using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests that every engine must pass. A subclass for each engine opens and loads the ledger.</summary>
public abstract partial class LedgerStoreSuite : IAsyncLifetime
{
    /// <summary>An empty ledger, open for writing, created for each test.</summary>
    protected abstract Ledger Ledger { get; }

    /// <summary>The connection that reads the ledger.</summary>
    protected virtual DbConnection Connection => Ledger.Connection;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    protected abstract Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken);

    private protected Task<LoadSummary> LoadAsync(params MovieRow[] rows) => LoadAsync(Accept.AnyContent, rows);

    private protected Task<LoadSummary> LoadAsync(LoadOptions options, params MovieRow[] rows) =>
        LoadAsync(MemoryDataset.Create(MovieFile.Text(rows)), options, null, Cancel);

    [Fact]
    public async Task The_first_load_publishes_snapshot_1()
    {
        Assert.Null(await SnapshotRows.FindLatestAsync(Connection, Cancel));
        var before = DateTime.UtcNow;
        var dataset = MemoryDataset.Create(MovieFile.Text(Full(1), Full(2, ("release_date", "")), Full(1), Full(3, ("id", "x"))), "v1");
        var summary = await LoadAsync(dataset, Accept.AnyContent with { MaxRejects = 1 }, null, Cancel);

        Assert.True(summary.IsPublished);
        Assert.Equal((4, 2), (summary.Records, summary.MoviesRead));
        Assert.Equal(
            [(FindingKind.Reject, Rules.InvalidId, 1L), (FindingKind.Drop, Rules.DuplicateRecord, 1)],
            summary.Findings.Select(count => (count.Kind, count.Rule, count.Count)));
        var snapshot = Assert.Single(await SnapshotRows.ListAsync(Connection, Cancel));
        Assert.Equal(new Snapshot(1, "memory", "v1", false, snapshot.StartedAt, snapshot.PublishedAt, 4, 2, 1, 2, 0, 0), snapshot);
        Assert.InRange(snapshot.PublishedAt, before.AddSeconds(-1), DateTime.UtcNow.AddSeconds(1));
        Assert.Equal("v1", await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
    }

    [Fact]
    public async Task Movies_read_back_as_they_were_cleaned()
    {
        MovieRow[] rows =
        [
            Full(1, ("title", "日本 🎬 \"x\""), ("overview", new string('é', 5_000))),
            Bare(2),
            Full(3, ("production_companies", "[{'name': 'B', 'id': 9}, {'name': 'A', 'id': None}]"), ("release_date", "1874-12-09"), ("adult", "True")),
        ];
        await LoadAsync(rows);
        Assert.Equal((await CleanedFile.CreateAsync(rows)).Movies.Select(TmdbJson.ToText), await MoviesAsync(1));
        Assert.Equal([new Company("B", 9), new("A", null)], (await ReadAsync(1))[2].Companies);
    }

    [Fact]
    public async Task An_unchanged_load_writes_no_row_and_publishes_nothing()
    {
        await LoadAsync(Full(1), Full(2));
        var before = await StateAsync();
        var summary = await LoadAsync(Full(2), Full(1), Full(1));

        Assert.False(summary.IsPublished);
        Assert.Equal(1, summary.Snapshot.Id);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task An_unchanged_load_remembers_the_sources_new_version()
    {
        await LoadAsync(MemoryDataset.Create(MovieFile.Text(Full(1)), "v1"), Accept.AnyContent, null, Cancel);
        await LoadAsync(MemoryDataset.Create(MovieFile.Text(Full(1)), "v2"), Accept.AnyContent, null, Cancel);
        Assert.Equal("v2", await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
    }

    [Fact]
    public async Task A_changed_movie_gets_a_new_row_and_the_old_snapshot_is_unchanged()
    {
        await LoadAsync(Full(1), Full(2));
        var first = await MoviesAsync(1);
        var summary = await LoadAsync(Full(1, ("budget", "31000000")), Full(2), Full(3));

        Assert.Equal((2, 1, 1, 0, 3), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed, summary.Snapshot.Movies));
        Assert.Equal(first, await MoviesAsync(1));
        Assert.Equal([31_000_000, 30_000_000, 30_000_000], (await ReadAsync(2)).Select(movie => movie.Budget));
        Assert.Equal(4L, await CountAsync("movie"));
        Assert.Equal(8L, await CountAsync("movie_genre"));
    }

    [Fact]
    public async Task A_missing_movie_is_closed_by_a_full_load_but_not_by_a_merge()
    {
        await LoadAsync(Enumerable.Range(1, 10).Select(id => Full(id)).ToArray());
        var merged = await LoadAsync(new LoadOptions { IsMerge = true }, Full(11));
        Assert.Equal((2, 11, 1, 0), (merged.Snapshot.Id, merged.Snapshot.Movies, merged.Snapshot.Added, merged.Snapshot.Removed));

        var full = await LoadAsync(Enumerable.Range(1, 9).Select(id => Full(id)).ToArray());
        Assert.Equal((3, 9, 0, 2), (full.Snapshot.Id, full.Snapshot.Movies, full.Snapshot.Added, full.Snapshot.Removed));
        Assert.Equal((10, 11, 9), ((await ReadAsync(1)).Count, (await ReadAsync(2)).Count, (await ReadAsync(3)).Count));
    }

    [Fact]
    public async Task A_restored_movie_is_current_again_and_missing_in_between()
    {
        var allow = Accept.Anything;
        await LoadAsync(Full(1), Full(2));
        await LoadAsync(allow, Full(1));
        var summary = await LoadAsync(allow, Full(1), Full(2));
        Assert.Equal((3, 1, 0, 0), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal((2, 1, 2), ((await ReadAsync(1)).Count, (await ReadAsync(2)).Count, (await ReadAsync(3)).Count));
        Assert.Equal(await MoviesAsync(1), await MoviesAsync(3));
    }

    /// <summary>Returns the movies as of a snapshot, ordered by id.</summary>
    protected async Task<IReadOnlyList<Movie>> ReadAsync(int snapshot) =>
        [.. (await MovieRows.ReadAsync(Connection, "m.since <= $1 AND (m.until IS NULL OR m.until > $1)", Cancel, snapshot)).Select(version => version.Movie)];

    protected async Task<IReadOnlyList<string>> MoviesAsync(int snapshot) => [.. (await ReadAsync(snapshot)).Select(TmdbJson.ToText)];

    protected async Task<long> CountAsync(string table) =>
        Convert.ToInt64(await Connection.ExecuteScalarAsync($"SELECT COUNT(*) FROM {table}", Cancel), CultureInfo.InvariantCulture);

    /// <summary>Returns every row of every table that holds data.</summary>
    protected async Task<IReadOnlyList<string>> StateAsync()
    {
        var rows = new List<string>();
        foreach (var table in (string[])["snapshot", "movie", "movie_company", "movie_genre", "movie_country", "movie_language", "movie_rating", "movie_person", "movie_keyword", "company", "genre", "country", "language", "person", "keyword", "finding", "studio_line", "company_studio"])
        {
            rows.AddRange(await Connection.QueryAsync(
                $"SELECT * FROM {table}", row => $"{table}: {string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))}", Cancel));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
