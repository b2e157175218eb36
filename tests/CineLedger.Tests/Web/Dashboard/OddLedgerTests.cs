using System.Net;
using System.Text.RegularExpressions;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Every page of a ledger that lacks something says what is missing and leads on: dates, names, amounts, or more than one movie or year.</summary>
public sealed partial class OddLedgerTests
{
    private static readonly string[] Pages =
    [
        "/", "/studios?as-named=true", "/companies", "/genres", "/movies", "/movies/1", "/explore", "/explore?by=year&measure=revenue", "/explore?by=year,genre&measure=revenue",
        "/quality", "/quality/findings", "/snapshots", "/compare?kind=genre", "/compare?kind=genre&name=Drama&name=Comedy", "/search", "/search?q=movie", "/movies?measure=revenue", "/years/1999",
    ];

    private static readonly MovieRow[] Undated = [.. Enumerable.Range(1, 4).Select(id => Create(id, null))];

    private static readonly MovieRow[] OneYear = [.. Enumerable.Range(1, 4).Select(id => Create(id, $"1999-0{id}-10"))];

    private static readonly MovieRow[] Bare = [.. Enumerable.Range(1, 20).Select(id => MovieFile.Bare(id, ("release_date", $"{1990 + (id % 10)}-06-01")))];

    [Fact]
    public async Task Without_release_dates_pages_by_year_say_so_and_lead_to_the_movies()
    {
        await using var served = await StartAsync(Undated);
        await CheckPagesAsync(served, [.. Pages, "/genres/Drama", "/companies/Harbour%20Pictures"]);
        Assert.Contains("<h1>The movie business<span class=\"span\"></span></h1>", await served.PageAsync("/"), StringComparison.Ordinal);
        foreach (var address in (string[])["/", "/companies", "/genres", "/studios?as-named=true", "/compare?kind=genre&name=Drama&name=Comedy"])
        {
            var page = await ReadAsync(served, address);
            Assert.Contains("A movie counts in the year of its release, and no movie in the ledger has a release date.", page, StringComparison.Ordinal);
        }

        Assert.Contains("<a href=\"/movies\">All movies</a>", await served.PageAsync("/genres"), StringComparison.Ordinal);
        Assert.Contains("and none of its movies has a release date", await ReadAsync(served, "/genres/Drama"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/movies?genre=Drama\">Its movies</a>", await served.PageAsync("/genres/Drama"), StringComparison.Ordinal);
        Assert.Contains("No movie in the ledger has a known year and genre.", await ReadAsync(served, "/explore?by=year,genre&measure=revenue"), StringComparison.Ordinal);
        Assert.Contains("No genre has a movie with a release date.", await ReadAsync(served, "/compare?kind=genre"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_movie_is_described_in_the_singular_and_has_no_lines()
    {
        await using var served = await StartAsync([Full(1)]);
        await CheckPagesAsync(served, [.. Pages, "/years/1995", "/genres/Comedy", "/companies/Pixar%20Animation%20Studios", "/collections/Toy%20Story%20Collection"]);
        Assert.Contains("1 record of memory was read, and 1 movie is in the ledger.", await ReadAsync(served, "/"), StringComparison.Ordinal);
        Assert.Contains("1 movie in the ledger, 1995.", await ReadAsync(served, "/companies/Pixar%20Animation%20Studios"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"kind\":\"lines\"", await served.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"kind\":\"bump\"", await served.PageAsync("/genres"), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"bars\"", await served.PageAsync("/explore?by=year&measure=revenue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_year_has_all_pages()
    {
        await using var served = await StartAsync(OneYear);
        await CheckPagesAsync(served, [.. Pages, "/genres/Drama", "/companies/Harbour%20Pictures"]);
        Assert.Contains("The movie business, <span class=\"span\">1999</span>", await served.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("1999–1999", await ReadAsync(served, "/companies/Harbour%20Pictures"), StringComparison.Ordinal);
        Assert.DoesNotContain("1999 to 1999", await ReadAsync(served, "/companies/Harbour%20Pictures"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_names_and_amounts_pages_say_what_is_missing()
    {
        await using var served = await StartAsync(Bare);
        await CheckPagesAsync(served, Pages);
        Assert.Contains("In snapshot 1, no movie in the ledger has a genre.", await ReadAsync(served, "/genres"), StringComparison.Ordinal);
        Assert.Contains("In snapshot 1, no movie in the ledger has a company.", await ReadAsync(served, "/companies"), StringComparison.Ordinal);
        var overview = await ReadAsync(served, "/");
        Assert.Contains("Revenue is known for none of the 20 movies.", overview, StringComparison.Ordinal);
        Assert.Contains("No movie of these years has a company.", overview, StringComparison.Ordinal);

        // Charts without a known value are not drawn, and a number that all years share is no record.
        Assert.DoesNotContain("\"name\":\"revenue-and-budget\"", await served.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("The highest number of movies", await ReadAsync(served, "/years/1999"), StringComparison.Ordinal);
        Assert.Contains("The revenue of all 20 movies is unknown.", await ReadAsync(served, "/movies?measure=revenue"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/collections?snapshot=1", "/explore?by=collection&measure=revenue%2Cbudget%2Creleases&order=revenue%3Adesc&limit=50&snapshot=1", "Toy Story Collection")]
    [InlineData("/people", "/explore?by=director&measure=revenue%2Cbudget%2Creleases&order=revenue%3Adesc&limit=50", "No movie in the ledger has a known director.")]
    public async Task Sections_without_a_list_lead_to_a_ranking(string address, string ranking, string text)
    {
        await using var served = await StartAsync([Full(1)]);
        using var response = await served.BrowseAsync(address);
        Assert.Equal((HttpStatusCode.Redirect, ranking), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Contains(text, await ReadAsync(served, ranking), StringComparison.Ordinal);
    }

    private static async Task CheckPagesAsync(OddServer served, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var text = await ReadAsync(served, address);
            Assert.True(WrongPlural().Match(text) is { Success: false }, $"{address}: {WrongPlural().Match(text).Value}");
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Returns the text of a page without markup.</summary>
    private static async Task<string> ReadAsync(OddServer served, string address) =>
        Space().Replace(WebUtility.HtmlDecode(Markup().Replace(await served.PageAsync(address), " ")), " ").Replace(" .", ".", StringComparison.Ordinal);

    private static async Task<OddServer> StartAsync(MovieRow[] movies)
    {
        var served = new OddServer(movies);
        await served.InitializeAsync();
        return served;
    }

    private static MovieRow Create(int id, string? date) => MovieFile.Bare(
        id, ("release_date", date ?? ""), ("genres", $"[{{'id': {id % 2}, 'name': '{(id % 2 == 0 ? "Drama" : "Comedy")}'}}]"),
        ("production_companies", "[{'name': 'Harbour Pictures', 'id': 1}]"), ("budget", $"{id}000000"), ("revenue", $"{id}500000"), ("popularity", $"{id}"));

    [GeneratedRegex(@".{0,30}(?<![\d,.–])\b(?:0–\d|1 (?:movies|years|companies|genres|records|others|months|studios|findings|rows|sentences|names))\b")]
    private static partial Regex WrongPlural();

    [GeneratedRegex("<(script|style)\\b.*?</\\1>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private sealed class OddServer(MovieRow[] movies) : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, movies);
        }
    }
}
