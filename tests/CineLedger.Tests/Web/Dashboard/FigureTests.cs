using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CineLedger.Web;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests single figures of pages: alone, as images, in frames of other pages, and as queries of Explore.</summary>
public sealed partial class FigureTests(DashboardServer served, EmbeddingServer embedding) : IClassFixture<DashboardServer>, IClassFixture<EmbeddingServer>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Pages =>
        ["/", "/companies", "/companies/Harbour%20Pictures", "/genres", "/genres/Drama", "/quality", "/snapshots", "/explore?by=year,genre&measure=revenue", "/movies/1"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_chart_has_an_address_and_is_an_image_with_title_and_source(string page)
    {
        var html = WebUtility.HtmlDecode(await served.PageAsync(page));
        var images = ImageAddress().Matches(html).Select(match => match.Groups["address"].Value).Distinct().ToList();
        Assert.Equal(Chart().Count(html), images.Count);
        foreach (var address in images)
        {
            var image = await served.TextAsync(address);
            var texts = XDocument.Parse(image).Descendants(Svg + "text").Select(text => text.Value).ToList();
            Assert.True(texts.Count > 3, address);
            Assert.Contains(texts, text => text.StartsWith("CineLedger snapshot 1", StringComparison.Ordinal));
        }

        var ids = FigureId().Matches(html).Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (var id in ids)
        {
            var separator = page.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var alone = await served.PageAsync($"{page}{separator}figure={id}");
            Assert.Equal([id], FigureId().Matches(alone).Select(match => match.Groups["id"].Value));
            Assert.DoesNotContain("class=\"masthead\"", alone, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_image_keeps_the_state_of_the_page_and_its_snapshot()
    {
        var html = WebUtility.HtmlDecode(await served.PageAsync("/?from=1995&to=1999&dollars=2017"));
        var address = ImageAddress().Matches(html).Select(match => match.Groups["address"].Value).First(link => link.Contains("figure=revenue-and-budget", StringComparison.Ordinal));
        Assert.Contains("from=1995&to=1999&dollars=2017&snapshot=1", address, StringComparison.Ordinal);
        var texts = XDocument.Parse(await served.TextAsync(address)).Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Equal("Revenue and budget", texts[0]);
        Assert.Contains("US dollars of 2017", texts[1], StringComparison.Ordinal);
        using var png = await served.SendAsync(address.Replace("image=svg", "image=png", StringComparison.Ordinal));
        Assert.Equal("image/png", png.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_redirected_address_keeps_its_figure()
    {
        using var response = await served.BrowseAsync("/?from=1995&to=1995&figure=months&image=svg");
        Assert.Equal((HttpStatusCode.Redirect, "/years/1995?figure=months&image=svg"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task A_figure_that_does_not_exist_is_not_found_and_the_others_are_listed()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/?figure=nothing", status: 404));
        Assert.Contains("the page has no figure 'nothing': it has", page, StringComparison.OrdinalIgnoreCase);
        await served.PageAsync("/?figure=revenue-and-budget&image=gif", status: 400);
        Assert.Contains("add its ID as figure=ID", await served.PageAsync("/?image=svg", status: 400), StringComparison.Ordinal);
        Assert.Contains("class=\"masthead\"", await served.PageAsync("/?figure="), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/genres/Drama?figure=share-of-movies", " · 4 movies")]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy&measure=share(releases)&figure=genre-comparison", " movies")]
    [InlineData("/genres/Drama?figure=amounts", "with known budget, 3 with known revenue")]
    public async Task An_image_states_the_coverage_of_the_amounts_that_it_needs(string address, string coverage)
    {
        var footer = XDocument.Parse(await served.TextAsync(address + "&image=svg")).Descendants(Svg + "text").Select(text => text.Value)
            .Single(text => text.StartsWith("CineLedger snapshot", StringComparison.Ordinal));
        Assert.Contains(coverage, footer, StringComparison.Ordinal);
        Assert.Equal(address.EndsWith("amounts", StringComparison.Ordinal), footer.Contains("known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_figure_opens_in_Explore_with_the_same_query()
    {
        var html = WebUtility.HtmlDecode(await served.PageAsync("/genres/Drama?from=1990"));
        var links = ExploreLink().Matches(html).Select(match => match.Groups["address"].Value).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            Assert.Contains("year>=1990", Uri.UnescapeDataString(link), StringComparison.Ordinal);
            Assert.DoesNotContain("Invalid query", await served.PageAsync(link), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_listed_origins_may_embed_and_only_figures()
    {
        using var figure = await embedding.BrowseAsync("/?figure=revenue-and-budget", Embedding("https://blog.example/post"));
        Assert.Equal(HttpStatusCode.OK, figure.StatusCode);
        Assert.Contains("frame-ancestors 'self' https://blog.example", figure.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(figure.Headers.Contains("X-Frame-Options"));
        Assert.Equal("cross-origin", figure.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        using var own = await embedding.BrowseAsync("/?figure=revenue-and-budget");
        Assert.Equal("same-origin", own.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Contains("data-embed=\"/?figure=revenue-and-budget\"", await embedding.PageAsync("/"), StringComparison.Ordinal);

        using var page = await embedding.BrowseAsync("/");
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        foreach (var (address, referrer) in new[]
            {
                ("/", "https://blog.example/"), ("/?figure=", "https://blog.example/"), ("/?figure=revenue-and-budget", "https://evil.example/"), ("/?figure=revenue-and-budget", "https://blog.example.evil.example/"),
                ("/api/v1/chart.svg?by=year&measure=revenue", "https://blog.example/"),
            })
        {
            using var refused = await embedding.BrowseAsync(address, Embedding(referrer));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Without_listed_origins_nothing_can_be_embedded()
    {
        using var figure = await served.BrowseAsync("/?figure=revenue-and-budget");
        Assert.Contains("frame-ancestors 'none'", figure.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", figure.Headers.GetValues("X-Frame-Options").Single());
        Assert.DoesNotContain("data-embed", await served.PageAsync("/"), StringComparison.Ordinal);
        using var refused = await served.BrowseAsync("/?figure=revenue-and-budget", Embedding("https://blog.example/post"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static (string, string)[] Embedding(string referrer) =>
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"), ("Referer", referrer)];

    [GeneratedRegex("<img src=\"(?<address>[^\"]*image=svg[^\"]*)\"")]
    private static partial Regex ImageAddress();

    [GeneratedRegex("<div class=\"chart ")]
    private static partial Regex Chart();

    [GeneratedRegex("<figure class=\"chart-panel[^\"]*\" id=\"(?<id>[^\"]+)\"")]
    private static partial Regex FigureId();

    [GeneratedRegex("<a href=\"(?<address>/explore[^\"]*)\">Open in Explore</a>")]
    private static partial Regex ExploreLink();
}

/// <summary>A server whose figures pages of one origin may embed.</summary>
public sealed class EmbeddingServer : DashboardServer
{
    protected override WebOptions Options => base.Options with { EmbedOrigins = ["https://blog.example"] };
}
