using CineLedger.Model;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Placeholders for missing values.</summary>
public sealed class PlaceholderCaseTests : CaseTestBase
{
    [Fact]
    public async Task Placeholders_are_unknown_and_reported_once_per_column_and_word()
    {
        (string Column, string Word)[] first =
        [
            ("belongs_to_collection", "None"), ("budget", "NULL"), ("genres", "nan"), ("overview", "nan"),
            ("production_companies", "NaN"), ("release_date", "NaT"), ("revenue", "\\N"), ("runtime", "N/A"),
        ];
        (string Column, string Word)[] second = [("budget", "-"), ("production_companies", "None"), ("release_date", "0000-00-00"), ("revenue", "nan")];
        foreach (var place in new[] { Place.Alone, Place.End })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(900_001, first), Row(900_002, second), Row(900_003), Row(900_004, first)));
            Assert.Equal(4 + file.Generated, result.Movies.Count);
            Assert.All(first, pair => Assert.Equal(2, Find(result, pair).Occurrences));
            Assert.All(second, pair => Assert.Equal(1, Find(result, pair).Occurrences));
            Assert.Equal(first.Length + second.Length, result.Findings.Count);
            var movie = result.Movies[900_001];
            Assert.Equal((null, null, null, null, null, null), (movie.Collection, movie.Budget, movie.Revenue, movie.Runtime, movie.Overview, movie.ReleaseDate));
            Assert.Equal((0, 0, "Harbour 900001"), (movie.Genres.Count, movie.Companies.Count, movie.Title));
            movie = result.Movies[900_002];
            Assert.Equal((null, null, null, 0), (movie.Budget, movie.Revenue, movie.ReleaseDate, movie.Companies.Count));
            Assert.Equal(Row(900_003)["budget"], $"{result.Movies[900_003].Budget}");
            result.AssertGenerated(file);
        }

        static Finding Find(CaseResult result, (string Column, string Word) pair) =>
            Assert.Single(result.Findings, finding => finding.Field == pair.Column && $" {finding.Value} ".Contains(pair.Word, StringComparison.Ordinal)
                && !(pair.Word == "-" && finding.Value!.Contains("00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_collection_that_is_only_a_Boolean_is_unknown()
    {
        var result = await LoadAsync(new CaseFile().ToBytes(Row(900_001, ("belongs_to_collection", "0")), Row(900_002, ("belongs_to_collection", "1")), Row(900_003, ("belongs_to_collection", "0"))));
        Assert.Equal([("0", 2L), ("1", 1L)], result.Findings.Select(finding => (finding.Value!, finding.Occurrences)));
        Assert.All(result.Movies.Values, movie => Assert.Null(movie.Collection));
    }

    [Theory]
    [InlineData("None")]
    [InlineData("NULL")]
    [InlineData("N/A")]
    public async Task A_title_may_look_like_a_placeholder(string title)
    {
        var result = await LoadAsync(new CaseFile { Place = Place.Head }.ToBytes(Row(900_001, ("title", title), ("original_title", title)), Row(900_002)));
        Assert.Equal((title, title), (result.Movies[900_001].Title, result.Movies[900_001].OriginalTitle));
        Assert.Empty(result.Findings);
    }
}
