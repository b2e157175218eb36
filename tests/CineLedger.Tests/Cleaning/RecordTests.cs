using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class RecordTests
{
    [Fact]
    public async Task A_good_record_becomes_a_movie_without_findings()
    {
        var cleaned = await CleanedFile.CreateAsync(Full(862));
        var movie = cleaned.Movie;
        Assert.Empty(cleaned.Findings);
        Assert.Equal((862, "Toy Story", "Toy Story", new DateOnly(1995, 10, 30)), (movie.Id, movie.Title, movie.OriginalTitle, movie.ReleaseDate!.Value));
        Assert.Equal((30_000_000, 373_554_033, 81), (movie.Budget, movie.Revenue, movie.Runtime));
        Assert.Equal((21.946943m, 7.7m, 5_415), (movie.Popularity, movie.VoteAverage, movie.VoteCount));
        Assert.Equal(("en", "Released", "Toy Story Collection", "tt0114709"), (movie.Language, movie.Status, movie.Collection, movie.ImdbId));
        Assert.Equal((false, false), (movie.Adult, movie.Video));
        Assert.Equal(("http://toystory.example/toy-story", "/rhIRbceoE9lR4veEXuwCC2wARtG.jpg"), (movie.Homepage, movie.PosterPath));
        Assert.Equal(("To infinity", "Led by Woody, Andy's toys live \"happily\"."), (movie.Tagline, movie.Overview));
        Assert.Equal([new Company("Pixar Animation Studios", 3)], movie.Companies);
        Assert.Equal([new Genre("Animation", 16), new("Comedy", 35)], movie.Genres);
    }

    [Theory]
    [InlineData("budget", Rules.InvalidNumber)]
    [InlineData("revenue", Rules.InvalidNumber)]
    [InlineData("runtime", Rules.InvalidNumber)]
    [InlineData("popularity", Rules.InvalidNumber)]
    [InlineData("vote_average", Rules.InvalidNumber)]
    [InlineData("vote_count", Rules.InvalidNumber)]
    [InlineData("release_date", Rules.InvalidDate)]
    [InlineData("adult", Rules.InvalidBoolean)]
    [InlineData("video", Rules.InvalidBoolean)]
    [InlineData("belongs_to_collection", Rules.InvalidList)]
    [InlineData("genres", Rules.InvalidList)]
    [InlineData("production_companies", Rules.InvalidList)]
    [InlineData("production_countries", Rules.InvalidList)]
    [InlineData("spoken_languages", Rules.InvalidList)]
    public async Task GATORADE_is_rejected_and_the_movie_is_kept(string column, string rule)
    {
        // Two other movies show how the column is written; "GATORADE" alone would be a name in a list column.
        var cleaned = await CleanedFile.CreateAsync(Full(1, (column, "GATORADE")), Full(2), Full(3));
        var unknown = await CleanedFile.CreateAsync(Full(1, (column, "")), Full(2), Full(3));
        Assert.Equal(unknown.Contents, cleaned.Contents);
        Assert.Empty(unknown.Findings);
        Assert.Equal((FindingKind.Reject, rule, 2, 1L, column), (cleaned.Finding.Kind, cleaned.Finding.Rule, cleaned.Finding.Line,
            cleaned.Finding.MovieId!.Value, cleaned.Finding.Field));
        Assert.StartsWith("GATORADE", cleaned.Finding.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1997-08-20")]
    [InlineData("")]
    [InlineData("GATORADE")]
    public async Task A_record_without_a_usable_id_is_rejected_and_its_text_kept(string id)
    {
        var row = Full(1, ("id", id));
        var cleaned = await CleanedFile.CreateAsync(Full(5), row, Full(6));
        Assert.Equal([5, 6], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal(new Finding(FindingKind.Reject, Rules.InvalidId, "movies_metadata.csv", 3, null, "id", row.Text), cleaned.Finding);
    }

    [Theory]
    [InlineData("a,b,c")]
    [InlineData("GATORADE")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25")]
    public async Task A_record_with_the_wrong_number_of_fields_is_rejected_and_its_text_kept(string text)
    {
        var cleaned = await CleanedFile.CreateAsync($"{MovieFile.Text(Full(5))}{text}\n{Full(6).Text}\n");
        Assert.Equal([5, 6], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal(new Finding(FindingKind.Reject, Rules.WrongColumnCount, "movies_metadata.csv", 3, null, null, text), cleaned.Finding);
    }

    [Theory]
    [InlineData("True", true, null)]
    [InlineData("False", false, null)]
    [InlineData("", null, null)]
    [InlineData("FALSE", false, Rules.SpreadsheetValue)]
    [InlineData("TRUE", true, Rules.SpreadsheetValue)]
    [InlineData(" true", true, Rules.SpreadsheetValue)]
    [InlineData("2", null, Rules.InvalidBoolean)]
    [InlineData("nope", null, Rules.InvalidBoolean)]
    public async Task Booleans_are_True_and_False_in_any_case(string text, bool? value, string? rule)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("adult", text)));
        Assert.Equal(value, cleaned.Movie.Adult);
        Assert.Equal(rule, cleaned.Findings.SingleOrDefault()?.Rule);
    }

    [Fact]
    public async Task Texts_are_kept_unchanged_except_for_line_ends()
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("overview", " a\r\nb\rc\nd\t"), ("title", "=1+1")));
        Assert.Equal((" a\nb\nc\nd\t", "=1+1"), (cleaned.Movie.Overview, cleaned.Movie.Title));
    }
}
