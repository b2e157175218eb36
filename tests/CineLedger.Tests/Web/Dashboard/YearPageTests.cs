using System.Net;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the page of a year.</summary>
public sealed class YearPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task It_has_the_months_movies_shares_genres_and_weeks_of_the_year()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/years/2000"));
        Assert.Contains("<h1>2000</h1>", page, StringComparison.Ordinal);
        Assert.Equal(131_000_000, Value(page, "revenue-by-month", 2));
        Assert.Equal(9_000_000, Value(page, "revenue-by-month", 5));
        Assert.Equal("Harbour", StudiosPageTests.Chart(page, "top-studios").GetProperty("labels")[0].GetString());
        Assert.Equal("Drama", StudiosPageTests.Chart(page, "top-genres").GetProperty("labels")[0].GetString());
        Assert.Contains("<bdi>28 Feb to 5 Mar</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("/movies?where=revenue%20is%20known&where=release_date%3D2000-02-28..2000-03-05&from=2000&to=2000", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Co-production</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leads_to_the_years_beside_it_and_keeps_the_options()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/years/1995?share=equal"));
        Assert.Contains("href=\"/years/1992?share=equal\" rel=\"prev\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/years/1997?share=equal\" rel=\"next\"", page, StringComparison.Ordinal);
        Assert.Contains("<form action=\"/\" method=\"get\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", await served.PageAsync("/years/1990"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_without_movies_says_so_and_an_invalid_one_is_an_error()
    {
        var page = await served.PageAsync("/years/1993");
        Assert.Contains("No movies in 1993", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-chart", page, StringComparison.Ordinal);
        Assert.Contains("is not a whole number", WebUtility.HtmlDecode(await served.PageAsync("/years/soon", 400)), StringComparison.Ordinal);
    }

    private static double Value(string page, string chart, int place) =>
        StudiosPageTests.Chart(page, chart).GetProperty("series")[0].GetProperty("data")[place].GetDouble();
}
