using System.Net;
using System.Text.RegularExpressions;
using CineLedger.Reports.Queries;
using CineLedger.Tests.Support;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Help;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the help page and the links from terms to the glossary.</summary>
public sealed partial class HelpPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task It_has_every_term_of_the_glossary_in_docs()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.GetPath("docs/glossary.md"))).Select(row => row.Groups[1].Value).ToList();
        Assert.Equal(rows, Glossary.Terms.Select(term => term.Anchor));
        var page = await served.PageAsync("/help");
        Assert.All(rows, anchor => Assert.Contains($"<div id=\"{anchor}\">", page, StringComparison.Ordinal));
        Assert.All(InnerLink().Matches(page), link => Assert.Contains($"id=\"{link.Groups[1].Value}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain(".md", page[page.IndexOf("id=\"glossary\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("cast and crew, from <code>credits.csv</code>", Regex.Replace(WebUtility.HtmlDecode(page), "\\s+", " "), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_measure_has_a_term() => Assert.All(
        Measures.All.Where(measure => measure.Kind != MeasureKind.NameReleases),
        measure => Assert.True(Glossary.Find(measure.Name) is not null && Glossary.Find(measure.GetHeading()) is not null, measure.Name));

    [Theory]
    [InlineData("/")]
    [InlineData("/studios")]
    [InlineData("/studios/Harbour")]
    [InlineData("/companies")]
    [InlineData("/companies/Meridian")]
    [InlineData("/genres")]
    [InlineData("/genres/Drama")]
    [InlineData("/quality")]
    public async Task Terms_on_pages_lead_to_the_glossary(string address)
    {
        var anchors = TermLink().Matches(await served.PageAsync(address)).Select(link => link.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(anchors);
        Assert.All(anchors, anchor => Assert.Contains(Glossary.Terms, term => term.Anchor == anchor));
    }

    [Theory]
    [InlineData("matched_profit", "matched-profit")]
    [InlineData("Profit (both known)", "matched-profit")]
    [InlineData("Revenue, average", "revenue")]
    [InlineData("revenue_known", "known")]
    [InlineData("Share of revenue", "market-share")]
    [InlineData("Harbour known", null)]
    [InlineData("Year", null)]
    [InlineData(null, null)]
    public void A_heading_or_a_measure_finds_its_term(string? text, string? anchor) => Assert.Equal(anchor, Glossary.Find(text)?.Anchor);

    [GeneratedRegex("^\\| <a id=\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("href=\"#([a-z-]+)\"")]
    private static partial Regex InnerLink();

    [GeneratedRegex("class=\"term\" href=\"/help#([a-z-]+)\"")]
    private static partial Regex TermLink();
}
