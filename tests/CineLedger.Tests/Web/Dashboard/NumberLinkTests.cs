using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage.DuckDb;
using RealFiles = CineLedger.Tests.RealData.RealData;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Every number on a page is the number of movies, amount or findings that the list behind it states.</summary>
public sealed class NumberLinkTests(StudioServer served, RealDashboardServer real) : IClassFixture<StudioServer>, IClassFixture<RealDashboardServer>
{
    private static readonly string[] DisplayOptions = ["", "?from=1995&to=2001", "?share=equal", "?aggregate=median"];

    [Theory]
    [InlineData("/")]
    [InlineData("/studios")]
    [InlineData("/studios/Harbour")]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy&measure=budget")]
    [InlineData("/companies")]
    [InlineData("/companies/Pixar%20Animation%20Studios")]
    [InlineData("/companies/Harbour%20Pictures")]
    [InlineData("/genres")]
    [InlineData("/genres/Drama")]
    [InlineData("/years/1995")]
    [InlineData("/collections/Toy%20Story%20Collection")]
    public async Task Numbers_equal_the_lists_that_they_lead_to(string page)
    {
        var links = new NumberLinks(served);
        foreach (var options in DisplayOptions)
        {
            Assert.InRange(await links.CheckAsync(page.Contains('?', StringComparison.Ordinal) ? page + options.Replace('?', '&') : page + options), 1, int.MaxValue);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?years=all")]
    [InlineData("/studios")]
    [InlineData("/studios/Disney?years=all")]
    [InlineData("/companies")]
    [InlineData("/companies?years=all&order=releases:desc")]
    [InlineData("/companies/Warner%20Bros.")]
    [InlineData("/genres?years=all")]
    [InlineData("/genres/Drama")]
    [InlineData("/genres/Drama?years=all")]
    [InlineData("/years/2016")]
    [InlineData("/people/John%20Lasseter")]
    [InlineData("/people/Tom%20Hanks")]
    [InlineData("/collections/James%20Bond%20Collection")]
    [InlineData("/quality")]
    public async Task Numbers_of_the_real_dataset_equal_the_lists_that_they_lead_to(string page)
    {
        RealDashboardServer.SkipIfMissing();
        Assert.InRange(await new NumberLinks(real).CheckAsync(page, maxLinks: 25), 1, int.MaxValue);
    }

    [Fact]
    public async Task The_real_dataset_is_complete_to_June_2017_and_shown_from_1976_to_2016()
    {
        RealDashboardServer.SkipIfMissing();
        var page = System.Net.WebUtility.HtmlDecode(await real.PageAsync("/"));
        Assert.Contains("Complete to Jun 2017", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"span\">1976–2016</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"incomplete\":", page, StringComparison.Ordinal);
        Assert.Contains("\"incomplete\":{\"first\":\"2017\",\"label\":\"to Jun 2017\"}", await real.PageAsync("/?years=all"), StringComparison.Ordinal);
    }
}

/// <summary>A server with the real dataset, or without a ledger if it is missing.</summary>
public sealed class RealDashboardServer : DashboardServer
{
    public static void SkipIfMissing() => RealFiles.SkipIfMissing(RealFiles.Full);

    protected override async Task CreateLedgerAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        if (RealFiles.Find(RealFiles.Full) is { } path)
        {
            await using var dataset = await SourceOpener.OpenAsync(path);
            await Loader.LoadAsync(ledger, dataset, new(), null, default);
        }
    }
}
