using System.Net;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the pages of studios, and the studios of companies.</summary>
public sealed class StudioPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    private const string Pixar = "/companies/Pixar%20Animation%20Studios";

    [Fact]
    public async Task A_studio_has_its_amounts_and_its_share_by_year()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios/Harbour"));
        Assert.Contains("<data value=\"184500000\" title=\"$184,500,000\">$185 m</data>", page, StringComparison.Ordinal);
        Assert.Equal(131_000_000 / 140_000_000.0, StudiosPageTests.Value(StudiosPageTests.Chart(page, "studio-share"), "Harbour", 2000));
        Assert.Equal(131_000_000, StudiosPageTests.Value(StudiosPageTests.Chart(page, "studio-amounts"), "Revenue", 2000));
        Assert.Contains("/movies?where=studio%3D%22Harbour%22&from=2000&to=2000", page, StringComparison.Ordinal);
        var median = await served.PageAsync("/studios/Harbour?aggregate=median");
        Assert.Equal(65_500_000, StudiosPageTests.Value(StudiosPageTests.Chart(median, "studio-amounts"), "Revenue", 2000));
        Assert.Equal(131_000_000 / 140_000_000.0, StudiosPageTests.Value(StudiosPageTests.Chart(median, "studio-share"), "Harbour", 2000));
    }

    [Fact]
    public async Task Its_labels_have_their_years_movies_revenue_and_sources()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios/Harbour"));
        Assert.Contains("<a href=\"/movies?where=company%3D%22%3DHarbour%20Films%22&where=year%20is%20known&measure=releases\"><data value=\"1\">1</data></a>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.com/harbour?a=1&b=2\" rel=\"noopener noreferrer nofollow\"", page, StringComparison.Ordinal);
        Assert.Contains(">unsourced</span>", page, StringComparison.Ordinal);
        var meridian = WebUtility.HtmlDecode(await served.PageAsync("/studios/Meridian%20Group"));
        Assert.Contains("<bdi title=\"1 Jan 1995 to 31 Dec 2002\">1995–2002</bdi>", meridian, StringComparison.Ordinal);

        // The movie of 1992, before the ownership, does not count.
        Assert.Contains("<data value=\"2\">2</data>", meridian, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"open\"", meridian, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_shows_open_ends_and_ignores_the_year_range()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios/Harbour?from=2000&to=2000"));
        Assert.Contains("aria-label=\"Owned throughout; 5 movies in 1990 to 2000\"", page, StringComparison.Ordinal);
        Assert.Equal(4, page.Split("class=\"open\"").Length - 1);
        var disney = WebUtility.HtmlDecode(await served.PageAsync("/studios/Disney"));
        Assert.Contains("aria-label=\"Owned since 1999; 1 movie in 1999\"", disney, StringComparison.Ordinal);
        Assert.Equal(1, disney.Split("class=\"open\"").Length - 1);
    }

    [Fact]
    public async Task A_studio_names_its_owner_and_the_studios_that_it_owned()
    {
        var pixar = WebUtility.HtmlDecode(await served.PageAsync("/studios/pixar"));
        Assert.Matches("Part of <a href=\"/studios/Disney\"><bdi>Disney</bdi></a>\\s+since 1999 \\(\\s*<a class=\"source-link\" href=\"https://example.com/disney\"", pixar);
        Assert.Matches("Owned studios:\\s+<a href=\"/studios/Pixar\"><bdi>Pixar</bdi></a> since 1999", await served.PageAsync("/studios/Disney"));

        // Both lines state that a company of Pixar is part of Disney.
        Assert.Matches("https://example.com/pixar\"[^>]*>example.com</a>,\\s*<a [^>]*https://example.com/disney", await served.PageAsync("/studios/Disney"));
    }

    [Fact]
    public async Task The_best_and_worst_movies_are_by_profit_or_revenue_with_known_amounts()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios/Harbour"));
        var (best, worst) = (page.IndexOf("Best movies by profit", StringComparison.Ordinal), page.IndexOf("Worst movies by profit", StringComparison.Ordinal));
        Assert.True(best < page.IndexOf("<bdi>Movie 1 of 1990</bdi>", best, StringComparison.Ordinal) && page.IndexOf("<bdi>Movie 1 of 1990</bdi>", best, StringComparison.Ordinal) < worst);
        Assert.True(page.IndexOf("<bdi>Movie 5 of 1997</bdi>", worst, StringComparison.Ordinal) < page.IndexOf("<bdi>Movie 1 of 1990</bdi>", worst, StringComparison.Ordinal));

        // Its budget is unknown.
        Assert.DoesNotContain("<bdi>Co-production</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Co-production</bdi>", await served.PageAsync("/studios/Harbour?movies=revenue"), StringComparison.Ordinal);
        Assert.Contains("is not one of profit", await served.PageAsync("/studios/Harbour?movies=votes", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_movies_behind_a_number_are_divided_as_in_the_number()
    {
        var page = await served.PageAsync("/studios/Harbour?share=equal&from=2000&to=2000");
        Assert.Contains("<data value=\"81000000\"", page, StringComparison.Ordinal);
        Assert.Contains("<data value=\"81000000\"", await served.PageAsync("/movies?where=studio%3D%22Harbour%22&from=2000&to=2000&share=equal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_names_its_studios_and_their_years_with_sources()
    {
        var text = Text(await served.PageAsync(Pixar));
        Assert.Contains("Studio: Disney since 1999 [example.com, example.com] (Pixar before [example.com])", text, StringComparison.Ordinal);
        Assert.Contains("Studio: Meridian Group 1995–2002 [example.org]", Text(await served.PageAsync("/companies/Meridian")), StringComparison.Ordinal);
        Assert.Contains("Studio: independent [unsourced]", Text(await served.PageAsync(CineLedger.Web.Dashboard.PageState.GetPath("companies", DashboardMovies.Slashes))), StringComparison.Ordinal);
        Assert.DoesNotContain("Studio:", Text(await served.PageAsync(CineLedger.Web.Dashboard.PageState.GetPath("companies", DashboardMovies.Quotes))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_studio_has_a_page_with_the_nearest_names()
    {
        var page = await served.PageAsync("/studios/Disny", 404);
        Assert.Contains("Studio not found", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Disney</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_without_movies_says_so_and_keeps_the_timeline()
    {
        var page = await served.PageAsync("/studios/Disney?from=1990&to=1991");
        Assert.Contains("No movies in these years", page, StringComparison.Ordinal);
        Assert.Contains("Ownership of companies", page, StringComparison.Ordinal);
        Assert.Contains("No movies with a studio", await served.PageAsync("/studios?from=1950&to=1951"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_studio_has_a_page_whatever_is_in_its_name()
    {
        var page = await served.PageAsync(CineLedger.Web.Dashboard.PageState.GetPath("studios", DashboardMovies.Script));
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<bdi>{DashboardMovies.Script}</bdi>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    /// <summary>Returns the text of a page with white space collapsed.</summary>
    private static string Text(string page) => string.Join(
        ' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", "")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
