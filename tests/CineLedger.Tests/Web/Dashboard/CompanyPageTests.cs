using System.Net;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the ranking of companies and the company pages.</summary>
public sealed partial class CompanyPageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    private const string Pixar = "/companies/Pixar%20Animation%20Studios";

    [Fact]
    public async Task Companies_are_ranked_by_any_measure_unknown_last()
    {
        Assert.Equal("Meridian", Names(await served.PageAsync("/companies"))[0]);
        Assert.Equal("Pixar Animation Studios", Names(await served.PageAsync("/companies?order=matched_profit:desc"))[0]);
        Assert.Equal("Harbour Pictures", Names(await served.PageAsync("/companies?order=releases:desc"))[0]);
        Assert.Equal("Harbour Pictures", Names(await served.PageAsync("/companies?order=roi&to=1998"))[0]);
        Assert.Equal("Meridian", Names(await served.PageAsync("/companies?order=revenue&from=1990&to=1992"))[^1]);
        Assert.Contains("there is no measure 'money'", WebUtility.HtmlDecode(await served.PageAsync("/companies?order=money", 400)), StringComparison.Ordinal);
        Assert.Contains("There is no page 9", await served.PageAsync("/companies?page=9", 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companies_are_found_by_substring_ignoring_case_and_downloads_match_the_page()
    {
        var page = await served.PageAsync("/companies?q=PIXAR&order=releases:desc");
        Assert.Equal(["Pixar Animation Studios"], Names(page));
        var csv = await served.TextAsync(WebUtility.HtmlDecode(File().Match(page).Groups[1].Value));
        Assert.StartsWith("company,revenue,budget,", csv, StringComparison.Ordinal);
        Assert.Single(csv.Trim().Split('\n')[1..], row => row.StartsWith("Pixar Animation Studios,870920902,120000000,", StringComparison.Ordinal));
        var nothing = WebUtility.HtmlDecode(await served.PageAsync("/companies?q=<script>nobody"));
        Assert.Contains("No matching companies", nothing, StringComparison.Ordinal);
        Assert.Contains("<bdi><script>nobody</bdi>", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_has_its_amounts_by_year_its_genres_and_its_movies()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync(Pixar));
        Assert.Contains("2 movies in the ledger, 1995–1999", page, StringComparison.Ordinal);
        Assert.Contains("<data value=\"870920902\" title=\"$870,920,902\">$871 m</data>", page, StringComparison.Ordinal);
        Assert.Contains("known for 2 of 2 movies (100.0 %)", page, StringComparison.Ordinal);
        Assert.Contains("/movies?where=company%3D%22%3DPixar%20Animation%20Studios%22&genre=Animation&from=1995&to=1995", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Toy Story 2</bdi>", page, StringComparison.Ordinal);
        var year = WebUtility.HtmlDecode(await served.PageAsync($"{Pixar}?from=1995&to=1995"));
        Assert.Contains("<bdi>Toy Story</bdi>", year, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>Toy Story 2</bdi>", year, StringComparison.Ordinal);
        var movies = await served.TextAsync(WebUtility.HtmlDecode(Movies().Match(year).Groups[1].Value));
        Assert.Contains("862,Toy Story,1995-10-30", Assert.Single(movies.Trim().Split('\n')[1..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?genre=Animation&from=1995&to=1995", "&genre=Animation&from=1995&to=1995")]
    [InlineData("?order=title&page=2", "&order=title")]
    public async Task Addresses_of_the_list_in_version_0_1_lead_to_the_list_of_movies(string old, string expected)
    {
        using var response = await served.BrowseAsync(Pixar + old);
        Assert.Equal($"/movies?where=company%3D%22%3DPixar%20Animation%20Studios%22{expected}", response.Headers.Location?.OriginalString);
        await served.PageAsync(response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Months_are_on_an_even_axis_of_time()
    {
        var chart = StudiosPageTests.Chart(await served.PageAsync("/companies/Meridian"), "company-months");
        Assert.Equal("1993-07", chart.GetProperty("labels")[0].GetString());
        Assert.Equal(24, chart.GetProperty("labels").GetArrayLength());
        var pixar = StudiosPageTests.Chart(await served.PageAsync(Pixar), "company-months");
        Assert.Equal(["1997-11", "1997-12"], pixar.GetProperty("labels").EnumerateArray().Take(2).Select(label => label.GetString()));
    }

    [Fact]
    public async Task A_year_range_without_movies_says_so_and_links_back()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"{Pixar}?from=2001&to=2002"));
        Assert.Contains("No movies in these years", page, StringComparison.Ordinal);
        Assert.Contains("2 movies in the ledger, 1995–1999", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-chart", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/companies/PIXAR%20animation%20studios.?from=1999", "/companies/Pixar%20Animation%20Studios?from=1999")]
    [InlineData("/genres/drama", "/genres/Drama")]
    public async Task Another_spelling_of_a_name_redirects_to_its_page(string address, string expected)
    {
        using var response = await served.BrowseAsync(address);
        Assert.Equal(expected, response.Headers.Location?.OriginalString ?? response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("/companies/Pixr%20Animation%20Studio", "Pixar Animation Studios")]
    [InlineData("/companies/pixar", "Pixar Animation Studios")]
    [InlineData("/companies/Meridien", "Meridian")]
    public async Task An_unknown_company_has_a_page_with_the_nearest_names(string address, string near)
    {
        var page = await served.PageAsync(address, 404);
        Assert.Contains("Company not found", page, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{near}</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_name_has_a_page_that_its_link_leads_to_whatever_is_in_it()
    {
        foreach (var name in DashboardMovies.Names)
        {
            var page = await served.PageAsync(CineLedger.Web.Dashboard.PageState.GetPath("companies", name));
            Assert.Contains($"<bdi>{name}</bdi>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        }

        var dots = await served.PageAsync(CineLedger.Web.Dashboard.PageState.GetPath("companies", ".."), 404);
        Assert.Contains("no movies by <bdi>..</bdi>", dots, StringComparison.Ordinal);
        Assert.Contains("Company not found", await served.PageAsync($"/companies/{new string('x', 1_900)}", 404), StringComparison.Ordinal);
    }

    private static List<string> Names(string page) => [.. Name().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<th scope=\"row\"[^>]*>\\s*<a [^>]*><bdi>(.*?)</bdi>")]
    private static partial Regex Name();

    [GeneratedRegex("href=\"(/api/v1/query\\?by=company[^\"]*format=csv[^\"]*)\"")]
    private static partial Regex File();

    [GeneratedRegex("href=\"(/api/v1/movies\\?[^\"]*format=csv[^\"]*)\"")]
    private static partial Regex Movies();
}
