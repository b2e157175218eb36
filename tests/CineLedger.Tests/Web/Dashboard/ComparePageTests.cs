using System.Net;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the comparison of names of one kind.</summary>
public sealed class ComparePageTests(StudioServer served) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task Studios_are_compared_by_year_in_any_measure()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/compare?kind=studio&name=Harbour&name=Disney&measure=releases"));
        var chart = StudiosPageTests.Chart(page, "studio-comparison");
        Assert.Equal((2, 1), (StudiosPageTests.Value(chart, "Harbour", 2000), StudiosPageTests.Value(chart, "Disney", 1999)));
        var shares = StudiosPageTests.Chart(
            await served.PageAsync("/compare?kind=studio&name=Harbour&name=Meridian%20Group&measure=share(revenue)&aggregate=median"), "studio-comparison");
        Assert.Equal(100_000_000 / 140_000_000.0, StudiosPageTests.Value(shares, "Meridian Group", 2000));
    }

    [Fact]
    public async Task Names_are_completed_and_unknown_ones_have_suggestions()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/compare?kind=company&name=pixar%20anim&name=Meridan&name=Nobody"));
        Assert.Contains("<bdi>Pixar Animation Studios</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("“<bdi>Meridan</bdi>”", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/compare?kind=company&name=Pixar%20Animation%20Studios&name=Meridian\"><bdi>Meridian</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("No company is called “<bdi>Nobody</bdi>”", page, StringComparison.Ordinal);
        var many = await served.PageAsync("/compare?kind=company&name=a&name=b&name=c&name=d&name=e&name=f", 400);
        Assert.Contains("6 companies are too many: at most 5", many, StringComparison.Ordinal);
        Assert.Contains("is not one of revenue", await served.PageAsync("/compare?measure=money", 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/compare?from=1995&to=2000", "Compare 1995–2000")]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy&from=1995&to=2000", "Drama and Comedy, 1995–2000")]
    public async Task The_title_separates_the_names_from_the_years(string address, string title)
    {
        var heading = Regex.Match(await served.PageAsync(address), "<h1>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(title, Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(heading, "<[^>]*>", "")), @"\s+", " ").Trim());
    }

    [Fact]
    public async Task The_difference_of_the_first_two_is_explained()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/compare?kind=genre&name=Drama&name=Comedy"));
        Assert.Contains("Why <bdi>Comedy</bdi> differs from <bdi>Drama</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("5 to 5 with a known value, at the average of Drama", page, StringComparison.Ordinal);
        Assert.DoesNotContain("differs from", await served.PageAsync("/compare?kind=genre&name=Drama&name=Comedy&measure=popularity"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/studios/Harbour?with=Disney", "/compare?kind=studio&name=Harbour&name=Disney")]
    [InlineData("/companies/Meridian?with=Pixar&from=1995", "/compare?kind=company&name=Meridian&name=Pixar&from=1995")]
    public async Task Old_addresses_of_comparisons_lead_to_the_page(string old, string expected)
    {
        using var response = await served.BrowseAsync(old);
        Assert.Equal((HttpStatusCode.Redirect, expected), (response.StatusCode, response.Headers.Location?.OriginalString));
        Assert.Contains("/compare?kind=studio&amp;name=Harbour", await served.PageAsync("/studios/Harbour"), StringComparison.Ordinal);
    }
}
