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
        Assert.Equal(["belongs_to_collection", "imdb_id", "adult", "video", "poster_path"], summary.MissingColumns);
        Assert.Equal([(Rules.MissingColumn, 5L), (Rules.UnknownColumn, 1L)], summary.Findings.Select(finding => (finding.Rule, finding.Count)));
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

    /// <summary>The columns are those of The Movies Dataset throughout; only the values differ.</summary>
    [Theory]
    [InlineData("[{'id': 18, 'name': 'Drama'}, {'id': 878, 'name': 'Science Fiction'}]", "[{'name': 'North Quay Films'}, {'name': 'South Pier Pictures, Inc.'}]")]
    [InlineData("[\"Drama\", \"Science Fiction\"]", "['North Quay Films', 'South Pier Pictures, Inc.']")]
    [InlineData("Drama, Science Fiction", "North Quay Films, South Pier Pictures, Inc.")]
    [InlineData("Drama,Science Fiction", "North Quay Films,South Pier Pictures, Inc.")]
    [InlineData("Drama|Science Fiction", "North Quay Films|South Pier Pictures, Inc.")]
    public async Task Lists_are_read_in_the_notation_that_their_values_show(string genres, string companies)
    {
        var row = MovieFile.Full(1, ("genres", genres), ("production_companies", companies));
        var single = MovieFile.Full(2, ("genres", "[]"), ("production_companies", ""), ("spoken_languages", "French"), ("production_countries", ""));
        var summary = await LoadAsync(Write("movies.csv", MovieFile.Text(row.With(("spoken_languages", "English")), single)));
        Assert.Empty(summary.Findings);
        var movie = await MovieAsync(1);
        Assert.Equal(["Drama", "Science Fiction"], movie.Genres.Select(genre => genre.Name));
        Assert.Equal(["North Quay Films", "South Pier Pictures, Inc."], movie.Companies.Select(company => company.Name));
        Assert.Equal([new Language("English", "English")], movie.Languages);
        Assert.Equal([new Language("French", "French")], (await MovieAsync(2)).Languages);
        Assert.Equal(("US", 0), (movie.Countries.Single().Code, (await MovieAsync(2)).Genres.Count));
    }

    [Fact]
    public async Task In_a_mixed_column_the_notation_of_most_values_applies_and_what_is_unclear_is_a_finding()
    {
        var rows = Enumerable.Range(1, 20).Select(id => MovieFile.Bare(id, ("genres", "Drama, Comedy"), ("production_companies", "[{'name': 'Fox'}]"))).ToArray();
        rows[3] = rows[3].With(("genres", "[{'id': 18, 'name': 'Action'}]"), ("production_companies", "North Quay Films"));
        rows[4] = rows[4].With(("genres", "[{'id': 18, 'name': 'Dra"), ("production_companies", "Fox, Pixar"));
        rows[5] = rows[5].With(("genres", "Drama|Western"));
        rows[6] = rows[6].With(("genres", "nan"));
        var summary = await LoadAsync(new LoadOptions { MaxRejects = 1 }, Write("movies.csv", MovieFile.Text(rows)));
        Assert.Equal([(Rules.Placeholder, 1L), (Rules.InvalidList, 3L)], summary.Findings.Select(finding => (finding.Rule, finding.Count)));
        var movies = await Task.WhenAll(Enumerable.Range(4, 4).Select(id => MovieAsync(id)));
        Assert.Equal(["Action", "", "Drama Western", ""], movies.Select(movie => string.Join(' ', movie.Genres.Select(genre => genre.Name))));
        Assert.Equal([0, 0, 1, 1], movies.Select(movie => movie.Companies.Count));
    }

    [Fact]
    public async Task Keywords_in_a_table_of_movies_have_a_notation_of_their_own()
    {
        string[] columns = [.. MovieFile.Columns, "keywords"];
        var summary = await LoadAsync(Write("movies.csv", CsvText.Row(columns) + "\n" + MovieFile.Full(1).Text + ",sea|night light\n" + MovieFile.Full(2).Text + ",sea\n"));
        Assert.Equal((3L, 0), (summary.Keywords!.Items, summary.Findings.Count));
        Assert.Equal(["Animation", "Comedy"], (await MovieAsync(1)).Genres.Select(genre => genre.Name));
    }

    [Fact]
    public async Task Names_in_json_lines_are_read_like_those_in_csv()
    {
        var summary = await LoadAsync(Write("movies.ndjson", """
            {"id":1,"title":"A","release_date":"2011-05-06","genres":"Drama, Comedy","production_companies":["North Quay Films","Fox, Inc."]}
            {"id":2,"title":"B","release_date":"2011-05-06","genres":"Drama","production_companies":[{"id":3,"name":"Pixar"}]}
            """));
        Assert.Empty(summary.Findings);
        Assert.Equal(["Drama", "Comedy"], (await MovieAsync(1)).Genres.Select(genre => genre.Name));
        Assert.Equal([new("North Quay Films", null), new Company("Fox, Inc.", null)], (await MovieAsync(1)).Companies);
    }

    /// <summary>The rows that decide are those of the first megabyte, so the batches and the order within them do not matter.</summary>
    [Fact]
    public async Task Thousands_of_values_decide_and_not_the_first_ones()
    {
        var rows = Enumerable.Range(1, 3_000).Select(id => MovieFile.Bare(id, ("genres", id < 900 ? "[{'id': 18, 'name': 'Drama'}]" : "Drama, Comedy"))).ToArray();
        var summary = await LoadAsync(Accept.AnyContent, Write("movies.csv", MovieFile.Text(rows)));
        Assert.Empty(summary.Findings);
        Assert.Equal(2, (await MovieAsync(3_000)).Genres.Count);
        Assert.Single((await MovieAsync(1)).Genres);
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

    private Task<LoadSummary> LoadAsync(params string[] paths) => LoadAsync(Accept.AnyContent, paths);

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
