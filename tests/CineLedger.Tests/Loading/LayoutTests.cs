using System.Text;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading;

/// <summary>Tests other layouts of the same data: the TMDB 5000 dataset, daily extracts with comma-separated names, and TMDB's JSON.</summary>
public sealed class LayoutTests : IAsyncLifetime
{
    private const string Daily =
        "id,title,vote_average,vote_count,status,release_date,revenue,runtime,adult,backdrop_path,budget,homepage,imdb_id,original_language,original_title,overview,"
        + "popularity,poster_path,tagline,genres,production_companies,production_countries,spoken_languages,keywords\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task TMDB_5000_has_movies_with_keywords_in_one_file_and_credits_in_another()
    {
        var movies = Write("tmdb_5000_movies.csv",
            "budget,genres,homepage,id,keywords,original_language,original_title,overview,popularity,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,status,tagline,title,vote_average,vote_count\n"
            + "237000000,\"[{\"\"id\"\": 28, \"\"name\"\": \"\"Action\"\"}]\",,19995,\"[{\"\"id\"\": 1463, \"\"name\"\": \"\"culture clash\"\"}]\",en,Avatar,,150.437577,"
            + "\"[{\"\"name\"\": \"\"Ingenious \\u00c9\"\", \"\"id\"\": 289}]\",\"[{\"\"iso_3166_1\"\": \"\"US\"\", \"\"name\"\": \"\"United States of America\"\"}]\",2009-12-10,2787965087,162,"
            + "\"[{\"\"iso_639_1\"\": \"\"en\"\", \"\"name\"\": \"\"English\"\"}]\",Released,,Avatar,7.2,11800\n");
        var credits = Write("tmdb_5000_credits.csv",
            "movie_id,title,cast,crew\n19995,Avatar,\"[{\"\"cast_id\"\": 242, \"\"character\"\": \"\"Jake Sully\"\", \"\"id\"\": 65731, \"\"name\"\": \"\"Sam Worthington\"\", \"\"order\"\": 0}]\",[]\n");
        var summary = await LoadAsync(movies, credits);
        Assert.Equal((1L, 1L, 1L), (summary.Snapshot.Movies, summary.Keywords!.Items, summary.Credits!.Items));
        Assert.Equal([(Rules.UnknownColumn, 1L)], summary.Findings.Select(finding => (finding.Rule, finding.Count)));
        var movie = await MovieAsync(19995);
        Assert.Equal((2_787_965_087L, "Ingenious É", "US"), (movie.Revenue, movie.Companies.Single().Name, movie.Countries.Single().Code));
    }

    [Fact]
    public async Task In_daily_extracts_names_are_separated_by_commas_and_a_legal_form_is_part_of_the_name_before_it()
    {
        await LoadAsync(Write("TMDB_movie_dataset_v11.csv", Daily
            + "27205,Inception,8.364,34495,Released,2010-07-15,825532764,148,False,/a.jpg,160000000,https://x,tt1375666,en,Inception,Cobb,83.952,/b.jpg,Your mind,"
            + "\"Action, Science Fiction, Adventure\",\"Legendary Pictures, Syncopy, Warner Bros. Pictures, Inc., Syncopy\",\"United Kingdom, United States of America\",\"English, French\",\"rescue, mission\"\n"));
        var movie = await MovieAsync(27205);
        Assert.Equal(["Action", "Science Fiction", "Adventure"], movie.Genres.Select(genre => genre.Name));
        Assert.Equal([new("Legendary Pictures", null), new("Syncopy", null), new Company("Warner Bros. Pictures, Inc.", null)], movie.Companies);
        Assert.Equal((8.364m, 83.952m, 160_000_000L, false), (movie.VoteAverage, movie.Popularity, movie.Budget, movie.Adult));
        Assert.Equal(["rescue", "mission"], await Ledger.Connection.QueryAsync(
            "SELECT k.name FROM movie_keyword m JOIN keyword k ON k.keyword_id = m.keyword_id ORDER BY position", row => row.GetString(0), Cancel));
    }

    [Fact]
    public async Task A_comma_that_may_be_within_a_name_is_a_finding_and_a_list_in_place_of_names_is_read_as_one()
    {
        var summary = await LoadAsync(Write("daily.csv", Daily
            + "1,A,0,0,Released,2010-07-15,0,0,False,,0,,,en,A,,1,,,Drama,\"The Good, the Bad Movies\",,,\n"
            + "2,B,0,0,Released,2010-07-15,0,0,False,,0,,,en,B,,1,,,\"[{'id': 18, 'name': 'Drama'}]\",[corazón MOVIES],,,\n"));
        var finding = Assert.Single(summary.Findings, finding => finding.Rule == Rules.AmbiguousNames);
        Assert.Equal((FindingKind.Flag, 1L), (finding.Kind, finding.Count));
        Assert.Equal(["The Good", "the Bad Movies"], (await MovieAsync(1)).Companies.Select(company => company.Name));
        Assert.Equal(("Drama", "[corazón MOVIES]"), ((await MovieAsync(2)).Genres.Single().Name, (await MovieAsync(2)).Companies.Single().Name));
    }

    [Fact]
    public async Task Movies_as_json_are_the_same_movies_as_in_csv()
    {
        MovieRow[] rows = [MovieFile.Full(1), MovieFile.Bare(2), MovieFile.Full(3, ("title", "日本 \"x\""))];
        var json = Write("movies.ndjson", CleanedJson.Lines((await CleanedFile.CreateAsync(rows)).Movies) + "{\"id\": [4]}\n");
        await LoadAsync(new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content }, Write("movies.csv", MovieFile.Text(rows)));
        var summary = await LoadAsync(new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content }, json);
        Assert.False(summary.IsPublished);
        Assert.Equal((4L, 3L), (summary.Records, summary.MoviesRead));
        Assert.Equal([(Rules.InvalidJson, 1L)], summary.Findings.Select(finding => (finding.Rule, finding.Count)));
    }

    private Task<LoadSummary> LoadAsync(params string[] paths) => LoadAsync(new LoadOptions(), paths);

    private async Task<LoadSummary> LoadAsync(LoadOptions options, params string[] paths) =>
        (await SourceLoader.RunAsync(Ledger, paths, options, force: false, SourceOptions.Default, null, Cancel)).Summary!;

    private async Task<Movie> MovieAsync(long id) => (await MovieRows.ReadAsync(Ledger.Connection, "m.until IS NULL AND m.movie_id = $1", Cancel, id)).Single().Movie;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
