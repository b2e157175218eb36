using System.Net;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the figure of revenue by month of the year on the pages of names.</summary>
public sealed class MonthPageTests(MonthServer served) : IClassFixture<MonthServer>
{
    private const string Figure = "figure=revenue-by-month-of-year";

    [Theory]
    [InlineData("/genres/Horror")]
    [InlineData("/companies/Scary%20Pictures")]
    public async Task The_months_with_the_highest_and_lowest_median_are_named(string address)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"{address}?years=all&{Figure}"));
        Assert.Contains("The highest median: October, $100 m (10 movies). The lowest: January, $10.0 m (12 movies).", page, StringComparison.Ordinal);
        Assert.Contains("\"labels\":[\"Jan\",\"Feb\",\"Mar\",", page, StringComparison.Ordinal);
        Assert.Contains("\"data\":[10000000,20000000,30000000,40000000,50000000,null,null,null,null,100000000,null,null]", page, StringComparison.Ordinal);
        Assert.Contains("month_of_year%3D10", page, StringComparison.Ordinal);
        Assert.Contains("/explore?by=month_of_year&measure=revenue%3Amedian%2Crevenue%3Aavg%2Creleases", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_with_few_known_revenues_is_left_out_even_if_its_movies_earned_the_most() => Assert.Contains(
        "Not shown: June, July, August, September, November, December, with fewer than 10 movies with a known revenue.",
        await served.PageAsync($"/genres/Horror?years=all&{Figure}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/genres/Drama?years=all")]
    [InlineData("/genres/Horror?from=2001&to=2001")]
    public async Task A_name_with_movies_in_few_months_has_no_such_figure(string address)
    {
        Assert.DoesNotContain("Best months to release", await served.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains("has no figure", WebUtility.HtmlDecode(await served.PageAsync($"{address}&{Figure}", 404)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_of_one_year_need_no_remark_about_dollars()
    {
        Assert.Contains("in the dollars of each release year", await served.PageAsync($"/genres/Horror?years=all&{Figure}"), StringComparison.Ordinal);
        Assert.DoesNotContain("in the dollars of each release year", await served.PageAsync($"/genres/Horror?years=all&dollars=2017&{Figure}"), StringComparison.Ordinal);
    }
}

/// <summary>
/// A server with horror movies of 2000 to 2011. In January to May and October, 10 of them have a known revenue, and in January two more; in December 9. The other movies are
/// dramas of five months.
/// </summary>
public sealed class MonthServer : DashboardServer
{
    protected override async Task CreateLedgerAsync()
    {
        var id = 1;
        MovieRow[] movies =
        [
            .. new[] { 1, 2, 3, 4, 5, 10 }.SelectMany(month => Enumerable.Range(2000, 10).Select(year => Create("Horror", year, month, month * 10_000_000))),
            .. Enumerable.Range(2010, 2).Select(year => Create("Horror", year, 1, 10_000_000)),
            .. Enumerable.Range(2000, 9).Select(year => Create("Horror", year, 12, 900_000_000)),
            .. Enumerable.Range(2000, 12).Select(year => Create("Horror", year, 6, 0)),
            .. new[] { 1, 2, 3, 4, 5 }.SelectMany(month => Enumerable.Range(2000, 10).Select(year => Create("Drama", year, month, 5_000_000))),
        ];
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await ServedMovies.LoadAsync(ledger, movies);

        MovieRow Create(string genre, int year, int month, long revenue) => MovieFile.Bare(
            id++, ("title", $"Movie {id}"), ("release_date", $"{year}-{month:00}-15"), ("genres", $"[{{'id': {genre.Length}, 'name': '{genre}'}}]"), ("revenue", $"{revenue}"),
            ("production_companies", genre == "Horror" ? "[{'name': 'Scary Pictures', 'id': 7}]" : "[]"));
    }
}
