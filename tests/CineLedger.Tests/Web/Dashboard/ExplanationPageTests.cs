using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CineLedger.Reports;
using CineLedger.Reports.Explanations;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Explanations;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the explanation of a number: the list of its movies with the parameter <c>measure</c>.</summary>
public sealed partial class ExplanationPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    [Theory]
    [InlineData("/genres")]
    [InlineData("/genres/Drama")]
    [InlineData("/studios")]
    [InlineData("/studios/Harbour")]
    [InlineData("/studios?genre=Drama&share=equal")]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy")]
    [InlineData("/compare?kind=studio&name=Harbour&name=Pixar&measure=share(revenue)")]
    [InlineData("/")]
    public async Task Every_number_leads_to_a_page_with_the_same_number(string address)
    {
        var page = await served.PageAsync(address);
        var numbers = Number().Matches(page).Select(match => (Link: WebUtility.HtmlDecode(match.Groups["link"].Value), Value: match.Groups["value"].Value)).Distinct().ToList();
        Assert.True(numbers.Count(number => number.Link.Contains("measure=", StringComparison.Ordinal)) > 1, $"{address} has too few links with a measure");
        foreach (var (link, value) in numbers.Where(number => number.Link.Contains("measure=", StringComparison.Ordinal)))
        {
            var figure = Figure().Match(await served.PageAsync(link)).Groups["value"].Value;

            // The rank of a genre leads to the popularity by which it is ranked.
            var isSame = figure == value || double.Abs(double.Parse(figure, CultureInfo.InvariantCulture) - double.Parse(value, CultureInfo.InvariantCulture)) < 1e-9;
            Assert.True(isSame || link.Contains("measure=popularity", StringComparison.Ordinal) || IsRank(value), $"{address}: {value} leads to {figure} at {link}");
        }

        static bool IsRank(string value) => value.Length == 1;
    }

    [Fact]
    public async Task A_sum_is_made_of_its_largest_movies_the_others_and_the_total()
    {
        var steps = await StepsAsync("/movies?genre=Drama&measure=revenue");
        Assert.Equal(
            [
                "Co-production (2000)|100000000", "Movie 1 of 1990 (1990)|40500000", "Two labels (2000)|31000000", "Movie 8 of 2003 (2003)|11000000",
                "Movie 6 of 2000 (2000)|9000000", "Total|191500000",
            ],
            steps);
        Assert.Equal(
            ["Revenue|60500000", "Budget|-24000000", "Profit|36500000"],
            await StepsAsync("/movies?genre=Drama&measure=matched_profit"));
        Assert.Equal(["Revenue|191500000", "Budget|-24000000", "Profit|167500000"], await StepsAsync("/movies?genre=Drama&measure=profit"));
        Assert.Equal(["All movies|6", "Unknown|-1", "Revenue known|5"], await StepsAsync("/movies?genre=Drama&measure=revenue_known"));
        Assert.Equal(
            ["Revenue of this selection|100000000", "Revenue of all movies|140000000"],
            await StepsAsync("/movies?where=studio%3D%22Meridian%20Group%22&from=2000&to=2000&measure=share(revenue)"));

        // Half of the revenue of Toy Story, which has two genres. Half a dollar is rounded up, as in every share.
        Assert.Equal(
            ["Revenue of this selection|186777017", "Revenue of all movies|1573554033"],
            await StepsAsync("/movies?genre=Animation&from=1995&to=1995&share=equal&measure=share(revenue)"));
        Assert.Empty(await StepsAsync("/movies?genre=Drama&measure=popularity"));
    }

    [Theory]
    [InlineData(1, 1, "The revenue of the only movie is known. ")]
    [InlineData(3, 3, "The revenue of all 3 movies is known. ")]
    [InlineData(1, 0, "The revenue of the only movie is unknown. ")]
    [InlineData(3, 0, "The revenue of all 3 movies is unknown. ")]
    [InlineData(3, 2, "The revenue is unknown for 1 of 3 movies. Its effect cannot be estimated: the value is known for only 2 movies.")]
    [InlineData(4, 1, "The revenue is unknown for 3 of 4 movies. Their effect cannot be estimated: the value is known for only 1 movie.")]
    [InlineData(9, 8, "The revenue is unknown for 1 of 9 movies. If it had as much as the lower quartile of the 8 known ones ($1.00\u00A0m), it would add")]
    [InlineData(10, 8, "The revenue is unknown for 2 of 10 movies. If each of them had as much as the lower quartile of the 8 known ones ($1.00\u00A0m), they")]
    public void One_movie_is_described_in_the_singular(long movies, long known, string text)
    {
        var part = UnknownPart.Create("revenue", Unit.Money, new ValueQuartiles(movies, known, 1_000_000, 2_000_000), Aggregate.Sum, 10_000_000, null);
        Assert.StartsWith(text, $"{part.Text} {part.Estimate}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_from_the_years_before_has_a_part_of_the_number_and_a_part_of_the_average()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies?from=2000&to=2000&where=studio%3D%22Harbour%22&measure=revenue&compare=previous-year"));
        Assert.Contains("<data value=\"131000000\"", page, StringComparison.Ordinal);
        Assert.Empty(Step().Matches(page));

        // 1990: one movie of 40.5 m; 1991: one of 3 m.
        Assert.Equal(
            ["1990|40500000", "Number of movies|0", "Average per movie|-37500000", "1991|3000000"],
            await StepsAsync("/movies?from=1991&to=1991&where=studio%3D%22Harbour%22&measure=revenue&compare=previous-year"));
        Assert.Contains("Largest movies, 1990", await served.PageAsync("/movies?from=1991&to=1991&measure=revenue&compare=previous-year"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unknown_has_a_range_with_its_assumption_or_says_why_not()
    {
        var few = WebUtility.HtmlDecode(await served.PageAsync("/movies?genre=Drama&measure=revenue"));
        Assert.Contains("The revenue is unknown for 1 of 6 movies. Its effect cannot be estimated: the value is known for only 5 movies.", few, StringComparison.Ordinal);
        var all = WebUtility.HtmlDecode(await served.PageAsync("/movies?measure=revenue&where=year%20is%20known"));
        Assert.Contains(
            "had as much as the lower quartile of the 13 known ones ($10.0 m), it would add $10.0 m, and the total would be $2.32 bn.",
            all,
            StringComparison.Ordinal);
        Assert.Contains("cannot be estimated for a median", await served.PageAsync("/movies?measure=revenue&aggregate=median"), StringComparison.Ordinal);
        Assert.Contains("the average would be", await served.PageAsync("/movies?measure=revenue&aggregate=avg"), StringComparison.Ordinal);
        Assert.Contains("cannot be estimated for a ratio", await served.PageAsync("/movies?measure=roi"), StringComparison.Ordinal);
        Assert.Contains("The revenue of the only movie is known.", await served.PageAsync("/movies?measure=revenue&genre=Animation&from=1995&to=1995"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_snapshot_is_compared_with_the_one_before()
    {
        await using var own = new DashboardServer();
        await own.InitializeAsync();
        Assert.Contains("Snapshot 1 is the oldest one", await own.PageAsync("/movies?genre=Drama&measure=revenue"), StringComparison.Ordinal);
        await own.LoadAsync(DashboardMovies.Second);
        var page = WebUtility.HtmlDecode(await own.PageAsync("/movies?genre=Drama&measure=revenue"));
        Assert.Matches("In snapshot 1: <data[^>]*>\\$60\\.5 m</data>\\. Now:\\s*<data[^>]*>\\$91\\.5 m</data>\\.\\s*1 movie changed:", page);
        Assert.Contains("now counted", page, StringComparison.Ordinal);
        Assert.Contains("Nothing: the figure and its movies are the same as in snapshot 1.", await own.PageAsync("/movies?genre=Horror&measure=revenue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_figure_is_a_command_a_request_and_SQL()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies?genre=Drama&from=1990&to=1999&measure=revenue"));
        Assert.Contains("cineledger query --by genre --measure revenue,releases,revenue_known --where year=1990..1999 --where 'genre=\"Drama\"'", QualityPageTests.Text(page), StringComparison.Ordinal);
        var request = Request().Match(page).Groups["path"].Value;
        Assert.Contains("\"revenue\": 40500000", (await served.TextAsync(request)).Replace("\":40", "\": 40", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("WITH", page[page.IndexOf("<summary>SQL</summary>", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/movies?measure=money", "there is no measure 'money'")]
    [InlineData("/movies?measure=revenue&compare=next-year", "is not one of previous-year")]
    public async Task An_unknown_measure_is_an_error(string address, string says) =>
        Assert.Contains(says, WebUtility.HtmlDecode(await served.PageAsync(address, 400)), StringComparison.Ordinal);

    [Theory]
    [InlineData("share(revenue)")]
    [InlineData("rank(revenue)")]
    [InlineData("weighted")]
    [InlineData("ratings")]
    [InlineData("revenue:median")]
    [InlineData("genre_releases")]
    public async Task Any_measure_can_be_explained(string measure) => await served.PageAsync($"/movies?genre=Drama&measure={Uri.EscapeDataString(measure)}");

    private async Task<IEnumerable<string>> StepsAsync(string address) =>
        Step().Matches(WebUtility.HtmlDecode(await served.PageAsync(address))).Select(step => $"{step.Groups["name"].Value}|{step.Groups["value"].Value}");

    [GeneratedRegex("<a href=\"(?<link>/movies[?][^\"]*)\"><data [^>]*value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("fact-list large\">.*?<data [^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex(
        "<th scope=\"row\">\\s*(?:<a [^>]*>)?<bdi>(?<name>[^<]+)</bdi>(?:</a>)?(?:\\s*<small>[^<]*</small>)?\\s*</th>\\s*"
        + "<td class=\"number\">[+]?\\s*<data [^>]*value=\"(?<value>[^\"]+)\"[^>]*>[^<]*</data></td>\\s*<td class=\"bar\"")]
    private static partial Regex Step();

    [GeneratedRegex("data-path=\"(?<path>[^\"]+)\"")]
    private static partial Regex Request();
}
