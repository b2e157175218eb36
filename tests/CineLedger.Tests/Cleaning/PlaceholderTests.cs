using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class PlaceholderTests
{
    private static readonly string[] Words = ["nan", "NaN", "NULL", "null", "None", "N/A", "n/a", "NA", "#N/A", "\\N", "NaT", "undefined", " nan "];

    private static readonly string[] Columns =
    [
        "budget", "revenue", "runtime", "popularity", "vote_average", "vote_count", "release_date", "adult", "video", "overview", "tagline", "homepage", "poster_path", "imdb_id",
        "status", "original_language", "belongs_to_collection", "genres", "production_companies", "production_countries", "spoken_languages",
    ];

    public static TheoryData<string> AllWords => [.. Words];

    [Theory]
    [MemberData(nameof(AllWords))]
    public async Task A_placeholder_is_unknown_in_every_field_and_reported_once_per_column(string word)
    {
        var fields = Columns.Select(column => (column, word)).ToArray();
        var cleaned = await CleanedFile.CreateAsync(Full(1, fields), Full(2, fields));
        var empty = await CleanedFile.CreateAsync(Full(1, [.. Columns.Select(column => (column, ""))]));
        Assert.Equal(empty.Contents[0], cleaned.Contents[0]);
        Assert.Equal(
            Columns.Order(StringComparer.Ordinal).Select(column => new Finding(FindingKind.Repair, Rules.Placeholder, "movies_metadata.csv", 2, null, column, word.Trim(), 2)),
            cleaned.Findings.OrderBy(finding => finding.Field, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("?")]
    [InlineData("—")]
    public async Task A_dash_or_question_mark_is_unknown_in_every_field_except_texts(string mark)
    {
        string[] texts = ["overview", "tagline", "homepage", "poster_path", "imdb_id"];
        var cleaned = await CleanedFile.CreateAsync(Full(1, [.. Columns.Select(column => (column, mark))]));
        var expected = await CleanedFile.CreateAsync(Full(1, [.. Columns.Select(column => (column, texts.Contains(column) ? mark : ""))]));
        Assert.Equal(expected.Contents, cleaned.Contents);
        var found = cleaned.Findings.Where(finding => finding.Rule == Rules.Placeholder).Select(finding => finding.Field!);
        Assert.Equal(Columns.Except(texts).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("release_date", "0000-00-00")]
    [InlineData("budget", "unknown")]
    [InlineData("runtime", "Unknown")]
    [InlineData("vote_count", "na")]
    public async Task Some_placeholders_apply_only_to_numbers_dates_and_Booleans(string column, string word)
    {
        Assert.Equal((Rules.Placeholder, word), await FindAsync(column, word));
        Assert.Equal(word, (await CleanedFile.CreateAsync(Full(1, ("tagline", word)))).Movie.Tagline);

        static async Task<(string, string?)> FindAsync(string column, string word) =>
            (await CleanedFile.CreateAsync(Full(1, (column, word)))).Finding is var finding ? (finding.Rule, finding.Value) : default;
    }

    [Fact]
    public async Task A_title_or_a_part_of_a_text_is_not_a_placeholder()
    {
        foreach (var word in Words)
        {
            var cleaned = await CleanedFile.CreateAsync(Full(1, ("title", word), ("original_title", word), ("overview", $"{word} of it"), ("original_language", "na")));
            Assert.Equal((word, word, $"{word} of it", "na"), (cleaned.Movie.Title, cleaned.Movie.OriginalTitle, cleaned.Movie.Overview, cleaned.Movie.Language));
            Assert.Empty(cleaned.Findings);
        }
    }

    [Fact]
    public async Task Placeholders_do_not_make_a_record_shifted()
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("budget", "NULL"), ("revenue", "\\N"), ("runtime", "N/A"), ("release_date", "NaT"), ("genres", "nan")), Full(2));
        Assert.Equal(2, cleaned.Movies.Count);
        Assert.All(cleaned.Findings, finding => Assert.Equal((FindingKind.Repair, Rules.Placeholder), (finding.Kind, finding.Rule)));
    }
}
