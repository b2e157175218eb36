using System.Text;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Streaming;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>Tests the reconciliation of records and movies for each kind of load, with every rule.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private const string Json =
        """
        {"id":21,"title":"One","release_date":"2001-01-01"}
        {"id":22,"title":"Two"}
        {"id":22,"title":"Two"}
        {"id":23,"title":"Three","vote_count":5}
        {"id":23,"title":"Three again","vote_count":6}
        {"id":"x","title":"No id"}
        {"id":24,"title":
        {"id":25,"deleted":true}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Ledger Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    [Fact]
    public async Task A_load_of_CSV_adds_up_with_every_rule_of_its_kind()
    {
        var account = await LoadAsync(merge: false, Messy());
        Assert.True(account.AddsUp);
        Assert.Equal(
            [
                "wrong-column-count 1", "open-quote 1", "repeated-header 1", "invalid-id 1", "shifted-record 1", "invalid-json 0", "deleted-record 0", "duplicate-record 1",
                "conflicting-duplicate 2", "combined-row 0",
            ],
            Lost(account));
        Assert.Equal((1, 0), (account.JoinedRecords, account.Kept));
    }

    [Fact]
    public async Task A_load_of_JSON_lines_adds_up()
    {
        var account = await LoadAsync(merge: false, JsonLines());
        Assert.True(account.AddsUp);
        Assert.Equal(
            [
                "wrong-column-count 0", "open-quote 0", "repeated-header 0", "invalid-id 1", "shifted-record 0", "invalid-json 1", "deleted-record 1", "duplicate-record 1",
                "conflicting-duplicate 1", "combined-row 0",
            ],
            Lost(account));
        Assert.Equal((8, 3, 3, 1), (account.Records, account.MoviesRead, account.Movies, account.Dated));
    }

    [Fact]
    public async Task A_load_of_one_row_per_movie_and_genre_adds_up()
    {
        var account = await LoadAsync(merge: false, GenreRows());
        Assert.True(account.AddsUp);
        Assert.Contains("combined-row 2", Lost(account));
        Assert.Equal((5, 3, 3), (account.Records, account.MoviesRead, account.Movies));
    }

    [Fact]
    public async Task A_merged_part_adds_up_with_what_it_left_as_it_was()
    {
        var first = await LoadAsync(merge: false, Messy());
        var account = await LoadAsync(merge: true, JsonLines());
        Assert.True(account.AddsUp);
        Assert.Equal((3, first.Movies, first.Movies + 3), (account.MoviesRead, account.Kept, account.Movies));
    }

    [Fact]
    public async Task Ratings_alone_leave_all_movies_as_they_were()
    {
        var movies = Write(DatasetFiles.Movies, Text(Bare(11), Bare(12)));
        var links = Write(DatasetFiles.Links, RelatedFiles.Links);
        var first = await LoadAsync(merge: false, movies, links, Write(DatasetFiles.Ratings, RelatedFiles.Ratings));
        var account = await LoadAsync(new LoadOptions { Parts = DatasetParts.Ratings }, links,
            Write(DatasetFiles.Ratings, RelatedFiles.Ratings.Replace("3.5", "4.5", StringComparison.Ordinal)));
        Assert.True(account.AddsUp);
        Assert.Equal((0, first.Movies), (account.MoviesRead, account.Kept));
    }

    [Fact]
    public async Task Pushed_changes_of_which_some_delete_and_some_repeat_movies_add_up()
    {
        await LoadAsync(merge: false, Write(DatasetFiles.Movies, Text(Bare(1), Bare(2), Bare(3))));
        var changes = await CleanedJson.ChangesAsync(
            """
            {"id":1,"deleted":true}
            {"id":99,"deleted":true}
            {"id":2,"title":"Changed"}
            {"id":2,"title":"Changed again"}
            {"id":3,"title":"Movie 3","budget":0,"revenue":0}
            {"id":4,"title":"New"}
            {"id":5,"title":"New, and gone"}
            {"id":5,"deleted":true}
            {"id":"x"}
            nonsense
            """,
            "push");
        var summary = await ChangeWriter.ApplyAsync(Ledger, [changes], new ChangeOptions(ChangeSources.Push), Cancel);
        var account = await Reconciliation.ReadAsync(Ledger.Connection, summary.Snapshot!, Cancel);
        Assert.True(account.AddsUp);
        Assert.Equal((10, (3L, 1L, 1L), 3), (account.Records, account.Changes, account.Movies));
        Assert.Contains("invalid-json 1", Lost(account));
        Assert.Contains("invalid-id 1", Lost(account));
    }

    [Fact]
    public async Task A_pushed_snapshot_adds_up_when_the_one_before_was_pruned()
    {
        await LoadAsync(merge: false, Write(DatasetFiles.Movies, Text(Bare(1), Bare(2))));
        var changes = await CleanedJson.ChangesAsync("""{"id":1,"deleted":true}""", "push");
        var summary = await ChangeWriter.ApplyAsync(Ledger, [changes], new ChangeOptions(ChangeSources.Push), Cancel);
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        var account = await Reconciliation.ReadAsync(Ledger.Connection, summary.Snapshot!, Cancel);
        Assert.Equal((true, (2L, 0L, 1L)), (account.AddsUp, account.Changes));
    }

    [Fact]
    public async Task A_lost_movie_is_reported()
    {
        await LoadAsync(merge: false, Messy());
        await Ledger.Connection.ExecuteAsync("DELETE FROM movie WHERE movie_id = 2", Cancel);
        var account = await Reconciliation.ReadAsync(Ledger.Connection, await SnapshotRows.FindAsync(Ledger.Connection, null, Cancel), Cancel);
        Assert.Equal((false, 1), (account.AddsUp, account.Difference));
    }

    /// <summary>A new rule must be added to one of these datasets, and so to a reconciliation.</summary>
    [Fact]
    public async Task Every_rule_produces_findings_of_its_kind_in_one_of_these_loads()
    {
        await LoadAsync(merge: false, Messy());
        await LoadAsync(merge: true, JsonLines());
        await LoadAsync(merge: true, Daily());
        await LoadAsync(merge: true, GenreRows());
        var found = await Ledger.Connection.QueryAsync("SELECT DISTINCT rule || ' ' || kind FROM finding", row => row.GetString(0), Cancel);
        Assert.Equal(Rules.All.Select(rule => $"{rule.Name} {FindingKindNames.GetName(rule.Kind)}").Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Writes movies with every kind of error that CSV allows, and ratings of unknown movies.</summary>
    private string[] Messy()
    {
        string[] columns = [.. Columns, "notes"];
        var rows = new[]
        {
            Full(1), Full(1), Bare(2, ("vote_count", "5")), Bare(2, ("vote_count", "6")), Bare(7, ("vote_count", "9")), Bare(7, ("vote_count", "3")), Bare(3, ("id", "x")),
            Bare(5, ("budget", "GATORADE"), ("adult", "maybe")), Bare(8, ("genres", "[{'id': 18, 'name': 'Dra"), ("revenue", "-5")), Bare(9, ("release_date", "Septober")),
            Bare(10, ("budget", "/poster.jpg"), ("runtime", "Released"), ("popularity", "A slogan")),
            Bare(11, ("budget", "INR 70000000"), ("revenue", "NaN"), ("release_date", "1995")),
            Bare(12, ("release_date", "2999-12-31"), ("status", "Released"), ("production_companies", "[{'name': 'CINÉMA DU MARCHÉ', 'id': 1}, {'name': 'Road', 'id': 1}]")),
            Bare(6, ("budget", "12"), ("adult", "FALSE"), ("popularity", "1.23456789")),
            Bare(13, ("production_companies", "[{'name': 'Cinéma du Marché', 'id': 1}, {'id': 2, 'name': None}]")),
            Bare(14, ("production_companies", "[{'name': 'CinÃ©ma du MarchÃ©', 'id': 1}]"), ("overview", "Itâ€™s late.")),
        };
        return
        [
            Write(DatasetFiles.Movies, CsvText.Row(columns) + "\nFalse,\"never closed\n" + string.Concat(rows.Select(row => row.Write(columns) + "\n")) + "a,b,c\n" + CsvText.Row(columns) + "\n"
                + Full(4, ("overview", "broken\nin two")).WriteBroken(columns, "overview") + "\n"),
            Write(DatasetFiles.Links, "movieId,imdbId,tmdbId\n1,0114709,1\n3,0000003,1\n4,,\n5,0000005,999\n"),
            Write(DatasetFiles.Ratings, "userId,movieId,rating,timestamp\n7,1,4.0,820454400\n7,3,3.5,820454399\n8,4,0.5,820454400\n8,5,0.5,820454400\n"),
        ];
    }

    private string JsonLines() => Write("movies.ndjson", Json);

    /// <summary>Writes a file with one row per movie and genre, few columns, a NUL byte and a damaged character.</summary>
    private string GenreRows()
    {
        var path = Path.Combine(_folder.FullName, "rows.csv");
        File.WriteAllBytes(
            path, [.. "id,title,genre,release_date\n21,É\0t"u8, 0xFF, .. ",Drama,2001-01-01\n22,B,Drama,2001-01-01\n22,B,Comedy,2001-01-01\n23,C,Drama,2001-01-01\n23,C,Thriller,2001-01-01\n"u8]);
        return path;
    }

    /// <summary>Writes a layout with comma-separated names.</summary>
    private string Daily() => Write(
        "daily.csv",
        "id,title,vote_average,vote_count,status,release_date,revenue,runtime,adult,backdrop_path,budget,homepage,imdb_id,original_language,original_title,overview,popularity,poster_path,tagline,"
        + "genres,production_companies,production_countries,spoken_languages,keywords\n1,A,0,0,Released,2010-07-15,0,0,False,,0,,,en,A,,1,,,Drama,\"The Good, the Bad Movies\",,,\n");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private Task<Reconciliation> LoadAsync(bool merge, params string[] paths) =>
        LoadAsync(Accept.Anything with { MaxRejects = 1, IsMerge = merge }, paths);

    private async Task<Reconciliation> LoadAsync(LoadOptions options, params string[] paths)
    {
        var summary = await SourceLoader.RunAsync(Ledger, paths, options, force: false, SourceOptions.Default, null, Cancel);
        Assert.True(summary.Summary!.IsPublished);
        return await Reconciliation.ReadAsync(Ledger.Connection, summary.Summary.Snapshot, Cancel);
    }

    private static IEnumerable<string> Lost(Reconciliation account) => account.Lost.Select(lost => $"{lost.Rule.Name} {lost.Records}");
}
