using System.Net;
using System.Text.RegularExpressions;
using System.Web;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the search over all kinds of names.</summary>
public sealed partial class SearchPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    [Theory]
    [InlineData("toy story", "Movies: /movies/862 /movies/863 | Collections: /collections/Toy%20Story%20Collection")]
    [InlineData("PIXAR", "Studios: /studios/Pixar | Companies: /companies/Pixar%20Animation%20Studios")]
    [InlineData("pixr", "Studios: /studios/Pixar | Companies: /companies/Pixar%20Animation%20Studios")]
    [InlineData("piaxr", "Studios: /studios/Pixar | Companies: /companies/Pixar%20Animation%20Studios")]
    [InlineData("dysney", "Studios: /studios/Disney")]
    [InlineData("zwei hafen", "Movies: /movies/21")]
    [InlineData("zwei hfaen", "Movies: /movies/21")]
    [InlineData("harbour pictures", "Companies: /companies/Harbour%20Pictures")]
    [InlineData("drama", "Genres: /genres/Drama")]
    [InlineData("xyzzy", "")]
    public async Task It_finds_names_and_titles_of_every_kind(string text, string expected)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"/search?q={Uri.EscapeDataString(text)}"));
        Assert.Equal(expected, Format(page));
        Assert.Equal(expected.Length == 0, page.Contains("Nothing found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_keep_the_state_and_one_kind_can_be_searched_alone()
    {
        Assert.Equal("Studios: /studios/Pixar?dollars=2017", Format(WebUtility.HtmlDecode(await served.PageAsync("/search?q=pixar&kind=studio&dollars=2017"))));
        Assert.Contains("is not one of movie", WebUtility.HtmlDecode(await served.PageAsync("/search?q=a&kind=film", 400)), StringComparison.Ordinal);
        Assert.Equal("", Format(await served.PageAsync("/search")));
        Assert.Equal("", Format(await served.PageAsync($"/search?q={new string('a', 101)}")));

        // Accents alone leave no words.
        Assert.Equal("", Format(await served.PageAsync("/search?q=%CC%81")));
    }

    [Theory]
    [InlineData("pixar v. meridian 1995-2000", "Compare Pixar and Meridian Group, 1995–2000", "/compare?kind=studio&name=Pixar&name=Meridian%20Group&from=1995&to=2000&dollars=2017")]
    [InlineData("dysney vs harbour", "Compare Disney and Harbour", "/compare?kind=studio&name=Disney&name=Harbour&dollars=2017")]
    [InlineData("compare drama, comedy and horror", "Compare Drama, Comedy and Horror", "/compare?kind=genre&name=Drama&name=Comedy&name=Horror&dollars=2017")]
    [InlineData("harbour films vs pixar animation since 1999", "Compare Harbour Films and Pixar Animation Studios, since 1999",
        "/compare?kind=company&name=Harbour%20Films&name=Pixar%20Animation%20Studios&from=1999&dollars=2017")]
    public async Task Several_names_lead_to_their_comparison(string text, string title, string address)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"/search?q={Uri.EscapeDataString(text)}&dollars=2017"));
        Assert.StartsWith($"Compare: {address}", Format(page), StringComparison.Ordinal);
        Assert.Contains($"<bdi>{title}</bdi>", page, StringComparison.Ordinal);
        Assert.Contains($"<title>Compare {string.Join(", ", HttpUtility.ParseQueryString(address.Split('?')[1]).GetValues("name")!)}", await served.PageAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drama v. pixar")]
    [InlineData("pixar v. pixar")]
    [InlineData("pixar v. xyzzy")]
    [InlineData("a v. e v. i v. o v. u v. y")]
    public async Task Names_of_different_kinds_are_not_compared(string text) =>
        Assert.DoesNotContain("/compare?kind", await served.PageAsync($"/search?q={Uri.EscapeDataString(text)}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("pixar 2003-1999", "Studios: /studios/Pixar?from=1999&to=2003 | Companies: /companies/Pixar%20Animation%20Studios?from=1999&to=2003")]
    [InlineData("dysney since 2000", "Studios: /studios/Disney?from=2000")]
    [InlineData("toy story 1999", "Movies: /movies/863 | Collections: /collections/Toy%20Story%20Collection?from=1999&to=1999")]
    [InlineData("movie 5 of 1997", "Movies: /movies/5 /movies/4")]
    public async Task Years_restrict_a_name_unless_they_are_part_of_a_title(string text, string expected) =>
        Assert.Equal(expected, Format(WebUtility.HtmlDecode(await served.PageAsync($"/search?q={Uri.EscapeDataString(text)}"))));

    [Fact]
    public async Task A_movie_is_shown_with_its_original_title()
    {
        Assert.Contains("Two labels</bdi></a> <bdi class=\"other-name\">Zwei Häfen</bdi> <small>2000</small>", WebUtility.HtmlDecode(await served.PageAsync("/search?q=two+labels")), StringComparison.Ordinal);
        Assert.DoesNotContain("other-name", await served.PageAsync("/search?q=co-production"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        var page = await served.PageAsync("/search?q=%3Cscript");
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    private static string Format(string page) => string.Join(" | ", Group().Matches(page).Select(group =>
        $"{group.Groups["title"].Value}: {string.Join(' ', Link().Matches(group.Value).Select(link => link.Groups["link"].Value))}"));

    [GeneratedRegex("<section data-search-group=\"(?<title>[^\"]+)\">.*?</section>", RegexOptions.Singleline)]
    private static partial Regex Group();

    [GeneratedRegex("<li><a href=\"(?<link>[^\"]+)\"")]
    private static partial Regex Link();
}
