using System.Net;
using System.Text.RegularExpressions;

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
