using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests movies as returned by TMDB's API, one JSON object per line.</summary>
public sealed class JsonTests
{
    private const string ToyStory =
        """
        {"adult":false,"backdrop_path":"/3Rf.jpg","belongs_to_collection":{"id":10194,"name":"Toy Story Collection","poster_path":null},"budget":30000000,"genres":[{"id":16,"name":"Animation"},{"id":35,"name":"Comedy"}],"homepage":"http://toystory.example/toy-story","id":862,"imdb_id":"tt0114709","origin_country":["US"],"original_language":"en","original_title":"Toy Story","overview":"Led by Woody, Andy's toys live \"happily\".","popularity":21.946943,"poster_path":"/rhIRbceoE9lR4veEXuwCC2wARtG.jpg","production_companies":[{"id":3,"logo_path":"/1Tj.png","name":"Pixar Animation Studios","origin_country":"US"}],"production_countries":[{"iso_3166_1":"US","name":"United States of America"}],"release_date":"1995-10-30","revenue":373554033,"runtime":81,"spoken_languages":[{"english_name":"English","iso_639_1":"en","name":"English"}],"status":"Released","tagline":"To infinity","title":"Toy Story","video":false,"vote_average":7.7,"vote_count":5415}
        """;

    [Fact]
    public async Task A_movie_as_TMDB_describes_it_has_the_content_of_the_same_movie_in_a_CSV_file()
    {
        var cleaned = await CleanedJson.CreateAsync(ToyStory);
        Assert.Empty(cleaned.Findings);
        Assert.Equal((await CleanedFile.CreateAsync(Full(862))).Contents, cleaned.Contents);
        Assert.Equal(1, cleaned.Movie.Line);
    }

    [Theory]
    [InlineData("budget", "\"GATORADE\"", Rules.InvalidNumber, "GATORADE")]
    [InlineData("budget", "-5", Rules.NegativeAmount, "-5")]
    [InlineData("budget", "12", Rules.SuspiciousAmount, "12")]
    [InlineData("budget", "true", Rules.InvalidNumber, "True")]
    [InlineData("revenue", "1.5", Rules.InvalidNumber, "1.5 (not whole dollars, and without a unit such as millions)")]
    [InlineData("runtime", "\"long\"", Rules.InvalidNumber, "long")]
    [InlineData("popularity", "1.23456789", Rules.RoundedNumber, "1.23456789")]
    [InlineData("vote_average", "11", Rules.InvalidNumber, "11")]
    [InlineData("vote_count", "-1", Rules.NegativeAmount, "-1")]
    [InlineData("release_date", "\"Septober\"", Rules.InvalidDate, "Septober")]
    [InlineData("adult", "\"perhaps\"", Rules.InvalidBoolean, "perhaps")]
    [InlineData("belongs_to_collection", "[1]", Rules.InvalidList, "[1]")]
    [InlineData("genres", "{\"id\":16}", Rules.InvalidList, "{\"id\":16} (not a list)")]
    [InlineData("genres", "[{\"id\":16,\"name\":\"\\u0000\"}]", Rules.InvalidList, "[{\"id\":16,\"name\":\"\\u0000\"}] (a NUL in the dict at character 2)")]
    public async Task An_invalid_value_gives_the_same_finding_as_in_a_CSV_file(string field, string json, string rule, string value)
    {
        var cleaned = await CleanedJson.CreateAsync($$"""{"id": 7, "title": "Seven", "{{field}}": {{json}}}""");
        Assert.Equal(7, cleaned.Movie.Id);
        Assert.Equal((rule, CleanedJson.File, 1, 7L, field, value), (cleaned.Finding.Rule, cleaned.Finding.File, cleaned.Finding.Line,
            cleaned.Finding.MovieId!.Value, cleaned.Finding.Field, cleaned.Finding.Value));
    }

    [Theory]
    [InlineData("not JSON at all")]
    [InlineData("[{\"id\": 1}]")]
    [InlineData("42")]
    [InlineData("{\"id\": 1, \"title\": \"open")]
    [InlineData("{\"id\": 1} {\"id\": 2}")]
    [InlineData("{\"id\": 1, \"title\": [\"Seven\"]}")]
    [InlineData("{\"id\": {\"value\": 1}}")]
    [InlineData("{\"id\": 1, \"title\": \"half of a pair: \\ud83d\"}")]
    [InlineData("{\"id\": 1, \"title\": \"a NUL: \\u0000\"}")]
    [InlineData("{'id': 1}")]
    public async Task A_line_that_is_not_a_movie_object_is_rejected_and_its_text_kept(string line)
    {
        var cleaned = await CleanedJson.CreateAsync($"{{\"id\": 5}}\n{line}\n{{\"id\": 6}}\n");
        Assert.Equal([5, 6], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal(new Finding(FindingKind.Reject, Rules.InvalidJson, CleanedJson.File, 2, null, null, line), cleaned.Finding);
    }

    [Theory]
    [InlineData("{\"title\": \"nobody\"}")]
    [InlineData("{\"id\": null}")]
    [InlineData("{\"id\": -3}")]
    [InlineData("{\"id\": \"1997-08-20\"}")]
    public async Task An_object_without_a_usable_id_is_rejected_and_its_text_kept(string line)
    {
        var cleaned = await CleanedJson.CreateAsync(line);
        Assert.Empty(cleaned.Movies);
        Assert.Equal(new Finding(FindingKind.Reject, Rules.InvalidId, CleanedJson.File, 1, null, "id", line), cleaned.Finding);
    }

    /// <summary>The cleaner recognizes an empty CSV row by its length, which equals the number of separators. A JSON object of that length is not empty.</summary>
    [Fact]
    public async Task A_short_object_is_a_movie_whatever_its_length()
    {
        var lines = Enumerable.Range(1, 60).Select(length => $"{{\"id\":{length},\"title\":\"{new string('x', length)}\"}}");
        Assert.Equal(60, (await CleanedJson.CreateAsync(string.Join('\n', lines))).Movies.Count);
    }

    [Fact]
    public async Task Missing_and_null_are_unknown_and_the_last_duplicate_member_wins()
    {
        var cleaned = await CleanedJson.CreateAsync("""{"id": 1, "title": "first", "title": "last", "budget": null, "release_date": "", "genres": null}""");
        Assert.Empty(cleaned.Findings);
        Assert.Equal(("last", null, null), (cleaned.Movie.Title, cleaned.Movie.Budget, cleaned.Movie.ReleaseDate));
        Assert.Empty(cleaned.Movie.Genres);
    }

    [Fact]
    public async Task Escapes_blank_lines_a_byte_order_mark_and_CRLF_change_nothing()
    {
        var cleaned = await CleanedJson.CreateAsync("\uFEFF{\"id\": 1, \"title\": \"Am\\u00e9lie \\ud83d\\ude00\\n\\\"x\\\"\"}\r\n\r\n  {\"id\": 2, \"title\": \"Amélie\"}  ");
        Assert.Empty(cleaned.Findings);
        Assert.Equal(["Amélie 😀\n\"x\"", "Amélie"], cleaned.Movies.Select(movie => movie.Title));
        Assert.Equal([1, 3], cleaned.Movies.Select(movie => movie.Line));
    }

    [Theory]
    [InlineData("""{"id": 862, "deleted": true}""", 1)]
    [InlineData("""{"id": 862, "deleted": false}""", 0)]
    [InlineData("""{"id": 862, "deleted": null}""", 0)]
    public async Task A_deleted_record_is_not_a_movie(string line, int dropped)
    {
        var cleaned = await CleanedJson.CreateAsync(line);
        Assert.Equal(1 - dropped, cleaned.Movies.Count);
        Assert.Equal(dropped, cleaned.Findings.Count(finding => (finding.Kind, finding.Rule, finding.MovieId) == (FindingKind.Drop, Rules.DeletedRecord, 862)));
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, int.MaxValue)]
    [InlineData(1 << 20, 7)]
    public async Task The_batch_size_does_not_change_the_movies(int batchBytes, int bytesARead)
    {
        var text = string.Concat(Enumerable.Range(1, 20).Select(id => ToyStory.Replace("862", $"{id}", StringComparison.Ordinal) + "\nbroken\n"));
        var whole = await CleanedJson.CreateAsync(text, 1 << 20);
        var pieces = await CleanedJson.CreateAsync(text, batchBytes, bytesARead);
        Assert.Equal(20, whole.Movies.Count);
        Assert.Equal(whole.Contents, pieces.Contents);
        Assert.Equal(whole.Findings, pieces.Findings);
    }

    [Fact]
    public async Task A_movie_written_as_JSON_reads_as_the_same_movie()
    {
        var movies = (await CleanedFile.CreateAsync(
            Full(1),
            Bare(2, ("popularity", "0.000001"), ("release_date", "1874-12-09"), ("overview", "tab\t, \u2028, 😀, </b> and \\")),
            Full(3, ("production_countries", "[{'name': 'Nowhere'}]"), ("spoken_languages", "[{'iso_639_1': 'xx', 'name': ''}]"), ("production_companies", "[{'name': 'No number'}]")),
            Full(5, ("release_date", "1995")),
            Full(4, ("budget", "9999999999999"), ("adult", ""), ("title", " spaces stay ")))).Movies;
        var again = await CleanedJson.CreateAsync(CleanedJson.Lines(movies));
        Assert.Empty(again.Findings);
        Assert.Equal(movies.Select(movie => new ContentHasher().Compute(movie)), again.Movies.Select(movie => new ContentHasher().Compute(movie)));
    }
}
