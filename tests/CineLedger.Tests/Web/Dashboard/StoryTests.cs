using CineLedger.Web.Dashboard.Overview;
using CineLedger.Web.Dashboard.Years;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the sentences of the overview and of the page of a year.</summary>
public sealed class StoryTests
{
    private const long Million = 1_000_000;

    [Fact]
    public void It_names_the_record_the_rise_the_shares_won_and_lost_and_the_genre_that_gained()
    {
        var sentences = Create(
            [Year(2001, 100), Year(2002, 200), Year(2003, 300), Year(2004, 400)],
            [Name("North", (2001, 10), (2002, 20), (2003, 90), (2004, 160)), Name("South", (2001, 60), (2002, 120), (2003, 30), (2004, 40))],
            [Name("Horror", (2001, 10), (2002, 10), (2003, 30), (2004, 30))]);
        Assert.Equal(
            [
                "2004 had the highest known revenue, $400 m over 50 of 100 movies; 2003 follows with $300 m.",
                "Known revenue rose 3 years in a row from 2001 to 2004, from $100 m to $400 m.",
                "North gained the most market share: from 10.0 % in 2001–2002 to 35.7 % in 2003–2004.",
                "South lost the most market share: from 60.0 % in 2001–2002 to 10.0 % in 2003–2004.",
                "Among genres, Horror gained the most in share of movies: from 10.0 % in 2001–2002 to 30.0 % in 2003–2004.",
            ],
            sentences.Select(sentence => ReplaceNoBreakSpaces(sentence.Text)));
        Assert.Equal(["#revenue-and-budget", "#revenue-and-budget", "#market-share", "#market-share", "/genres/Horror"], sentences.Select(sentence => sentence.Figure));
    }

    [Fact]
    public void Without_a_rise_it_names_the_sharpest_fall() =>
        Assert.Equal(
            "The sharpest fall of known revenue was in 2003: 50.0 % less than in 2002.",
            ReplaceNoBreakSpaces(Create([Year(2001, 100), Year(2002, 200), Year(2003, 100), Year(2004, 90)], [], [])[1].Text));

    [Fact]
    public void Years_with_few_known_amounts_set_no_record_and_a_gap_is_no_rise()
    {
        var sentences = Create([Year(2001, 100), Year(2002, 900) with { RevenueKnown = 9 }, Year(2003, 300), Year(2004, 400), Year(2005, 200)], [], []);
        Assert.StartsWith("2004 had the highest known revenue", sentences[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("The sharpest fall of known revenue was in 2005", sentences[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_few_movies_and_small_changes_are_not_mentioned()
    {
        StoryYear[] years = [Year(2001, 100), Year(2002, 100), Year(2003, 100), Year(2004, 100)];
        var rare = new StoryName(
            "Rare", new Dictionary<int, (double, long)> { [2001] = (Million, 4), [2002] = (Million, 5), [2003] = (90 * Million, 20), [2004] = (90 * Million, 20) });
        var steady = Name("Steady", (2001, 50), (2002, 50), (2003, 50), (2004, 51));
        Assert.DoesNotContain(Create(years, [rare, steady], []), sentence => sentence.Text.Contains("market share", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_little_data_has_no_story() => Assert.Empty(Create([Year(2001, 100), Year(2002, 200)], [], []));

    [Fact]
    public void A_year_has_its_places_among_the_years_with_enough_known_amounts()
    {
        StoryYear[] years = [.. Enumerable.Range(2001, 20).Select(year => Year(year, 100 + year - 2000)), Year(2021, 900) with { RevenueKnown = 9, ProfitKnown = 9 }];
        Assert.Equal(
            ["The second-highest known revenue of 20 years with enough known amounts.", "The second-highest profit of 20 years with enough known amounts."],
            YearRecords.Create(2019, years).Select(record => record.Text));

        // A number that all years have in common is no record.
        Assert.Empty(YearRecords.Create(2021, years));
        years[3] = years[3] with { Releases = 120 };
        years[20] = years[20] with { Releases = 120 };
        Assert.Equal(["The highest number of movies of 21 complete years, as in 1 other year."], YearRecords.Create(2021, years).Select(record => record.Text));
        Assert.Empty(YearRecords.Create(2001, years[..4]));
    }

    private static IReadOnlyList<StorySentence> Create(StoryYear[] years, StoryName[] studios, StoryName[] genres) => Story.Create(years, studios, genres, genre => $"/genres/{genre}");

    /// <summary>Creates a year with 100 movies, half of which have known amounts.</summary>
    private static StoryYear Year(int year, long millions) => new(year, 100, millions * Million, 50, millions * Million / 2, 40);

    /// <summary>Creates a name with values in millions, or counts of movies if they are genres, and enough movies in each year.</summary>
    private static StoryName Name(string name, params (int Year, double Value)[] years) =>
        new(name, years.ToDictionary(year => year.Year, year => (year.Value * (name == "Horror" ? 1 : Million), 10L)));

    private static string ReplaceNoBreakSpaces(string text) => text.Replace('\u00A0', ' ');
}
