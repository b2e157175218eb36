using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Loading;

/// <summary>Tests loads of several files together, of an archive, and of files that change.</summary>
public sealed class PartsLoadTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Ledger => _ledger!;

    private string Archive => Path.Combine(_folder.FullName, "archive");

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Parts_load_like_one_file_and_duplicates_name_part_and_line()
    {
        Write("movies-1.csv", Text(Full(1), Full(2, ("vote_count", "7")), Full(3)));
        Write("movies-2.csv", Text(Full(3), Full(2, ("vote_count", "9")), Full(4), Full(4, ("vote_count", "1"))));
        var (snapshot, summary) = await LoadAsync("movies-*.csv");
        Assert.Equal((7L, 4L, 4L), (summary!.Records, summary.MoviesRead, snapshot.Movies));
        Assert.Equal(
            [
                "movies-1.csv:3 conflicting-duplicate 2 superseded by line 3 of movies-2.csv",
                "movies-2.csv:2 duplicate-record 3 same as line 4 of movies-1.csv",
                "movies-2.csv:5 conflicting-duplicate 4 superseded by line 4 of movies-2.csv",
            ],
            await FindingsAsync());
        Assert.Equal(9, (await MovieRows.ReadAsync(Ledger.Connection, "m.until IS NULL AND m.movie_id = 2", Cancel)).Single().Movie.VoteCount);
    }

    [Fact]
    public async Task An_archive_keeps_each_original_once_and_loads_it_again_as_it_was()
    {
        Write("movies.csv", Text(Full(1)));
        await LoadAsync("movies.csv", new() { Archive = Archive });
        await LoadAsync("movies.csv", new() { Archive = Archive });
        var archived = DateTime.UtcNow;
        await Wait.UntilAsync("the clock has advanced far enough to give the next manifest a later name", () => DateTime.UtcNow > archived.AddMilliseconds(1));
        Write("movies.csv", Text(Full(1, ("title", "b"))));
        await LoadAsync("movies.csv", new() { Archive = Archive });
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Archive, "objects"), "*", SearchOption.AllDirectories).Length);
        var manifests = Directory.GetFiles(Path.Combine(Archive, "manifests")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, manifests.Count);
        Assert.Contains("\"snapshot\": 1", await File.ReadAllTextAsync(manifests[0], Cancel), StringComparison.Ordinal);

        var old = (await SnapshotSourceRows.ReadAsync(Ledger.Connection, 1, Cancel)).Single();
        var again = Assert.Single(await FromArchiveAsync(new() { Original = old.Sha256[..8] }));
        Assert.Equal((3, Path.Combine(_folder.FullName, "movies.csv")), (again.Snapshot.Id, again.Snapshot.Source));
        Assert.Equal(old.Sha256, (await SnapshotSourceRows.ReadAsync(Ledger.Connection, 3, Cancel)).Single().Sha256);
        Assert.Equal([false, true], (await FromArchiveAsync(new() { IncludesAll = true })).Select(summary => summary.IsPublished));
        Assert.False((await FromArchiveAsync(new())).Single().IsPublished);
    }

    [Fact]
    public async Task A_prefetched_source_is_archived_and_loaded_as_any_other()
    {
        Write("movies.csv", Text(Full(1), Full(2)));
        var options = new LoadOptions { Archive = Archive };
        await using (var reading = LoadPrefetch.Begin([Path.Combine(_folder.FullName, "movies.csv")], options, SourceOptions.Default, Cancel)!)
        {
            Assert.Equal(2, (await SourceLoader.RunAsync(Ledger, reading, options, null, Cancel)).Snapshot.Movies);
        }

        Assert.Equal(
            Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(Archive, "objects"), "*", SearchOption.AllDirectories)))[^8..],
            (await SnapshotSourceRows.ReadAsync(Ledger.Connection, 1, Cancel)).Single().Sha256[^8..]);
        await using var another = LoadPrefetch.Begin([Path.Combine(_folder.FullName, "movies.csv")], new(), SourceOptions.Default, Cancel)!;
        Assert.False((await SourceLoader.RunAsync(Ledger, another, new(), null, Cancel)).Summary!.IsPublished);
    }

    [Fact]
    public async Task An_unpublished_load_is_archived_too()
    {
        Write("movies.csv", Text(Full(1), Full(2, ("id", "x"))));
        await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync("movies.csv", new() { Archive = Archive, MaxRejects = 0 }));
        Assert.Equal(1, Assert.Single(await FromArchiveAsync(new(), new() { MaxRejects = 1 })).Snapshot.Id);
    }

    [Fact]
    public async Task A_damaged_archive_publishes_nothing_and_an_empty_one_says_so()
    {
        Assert.Contains("not an archive", (await Assert.ThrowsAsync<LedgerException>(() => FromArchiveAsync(new()))).Message, StringComparison.Ordinal);
        Write("movies.csv", Text(Full(1)));
        await LoadAsync("movies.csv", new() { Archive = Archive });
        Assert.Contains("no such original", (await Assert.ThrowsAsync<LedgerException>(() => FromArchiveAsync(new() { Original = "000000" }))).Message, StringComparison.Ordinal);
        Assert.Contains("no such original", (await Assert.ThrowsAsync<LedgerException>(() => FromArchiveAsync(new() { AsOf = new(2020, 1, 1) }))).Message, StringComparison.Ordinal);
        var kept = Directory.GetFiles(Path.Combine(Archive, "objects"), "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(kept, Text(Full(1, ("title", "b"))), Cancel);
        var error = await Assert.ThrowsAsync<LedgerException>(() => FromArchiveAsync(new()));
        Assert.Contains("damaged: its SHA-256 is", error.Message, StringComparison.Ordinal);
        Assert.Single(await SnapshotRows.ListAsync(Ledger.Connection, Cancel));
    }

    [Fact]
    public async Task A_part_that_changes_after_it_was_opened_publishes_nothing()
    {
        Write("movies-1.csv", Text(Full(1)));
        Write("movies-2.csv", Text(Full(2)));
        await using var dataset = await SourceOpener.OpenAsync(Path.Combine(_folder.FullName, "movies-*.csv"), cancellationToken: Cancel);
        Write("movies-2.csv", Text(Full(2), Full(3)));
        var error = await Assert.ThrowsAsync<LedgerException>(() => Loader.LoadAsync(Ledger, dataset, Accept.AnyContent, null, Cancel));
        Assert.Contains("movies-2.csv: the file changed while it was being read", error.Message, StringComparison.Ordinal);
        Assert.Null(await SnapshotRows.FindLatestAsync(Ledger.Connection, Cancel));
    }

    private Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadAsync(string name, LoadOptions? options = null) =>
        SourceLoader.RunAsync(Ledger, Path.Combine(_folder.FullName, name), options ?? new(), force: false, SourceOptions.Default, null, Cancel);

    private async Task<List<LoadSummary>> FromArchiveAsync(CineLedger.Sources.Archive.ArchiveSelection choice, LoadOptions? options = null)
    {
        var summaries = new List<LoadSummary>();
        await SourceLoader.RunFromArchiveAsync(
            Ledger, Archive, choice, options ?? new(), SourceOptions.Default, null,
            summary =>
            {
                summaries.Add(summary);
                return Task.CompletedTask;
            },
            Cancel);
        return summaries;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private async Task<List<string>> FindingsAsync() => await Ledger.Connection.QueryAsync(
        "SELECT file || ':' || line || ' ' || rule || ' ' || movie_id || ' ' || SPLIT_PART(value, ': ', 1) FROM finding ORDER BY file, line", row => row.GetString(0), Cancel);
}
