using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the list of movies behind a number.</summary>
public sealed partial class MovieListPageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task It_shows_what_was_counted_and_of_how_many_movies_it_is_unknown()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies?from=1990&to=1995"));
        Assert.Contains("known for 4, unknown for 1", page, StringComparison.Ordinal);
        Assert.Contains("<data value=\"1617054033\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/movies/862?from=1990&to=1995\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_the_overview_leads_to_the_movies_that_add_up_to_it()
    {
        var link = WebUtility.HtmlDecode(PixarMovies().Match(await served.PageAsync("/")).Groups[1].Value);
        var page = WebUtility.HtmlDecode(await served.PageAsync(link));
        Assert.Contains("<data value=\"870920902\"", page, StringComparison.Ordinal);
        Assert.Contains("1 to 2 of 2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Undated", await served.PageAsync("/movies?genre=Drama&where=year%20is%20known"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_movies_are_split_among_names_the_sum_is_the_share_of_the_name()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies?genre=Animation&share=equal"));
        var part = (await served.TextAsync("/api/v1/query?by=genre&measure=revenue&where=genre%3DAnimation&share=equal&format=csv")).Split("\r\n")[1].Split(',')[1];
        Assert.StartsWith("43546045", part, StringComparison.Ordinal);
        Assert.Contains($"<data value=\"{part}\"", page, StringComparison.Ordinal);
        Assert.Contains("the list shows full amounts", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_files_are_the_responses_of_the_API_to_the_same_filters()
    {
        var page = await served.PageAsync("/movies?company=Meridian&where=revenue%3E1&order=popularity&aggregate=avg&dollars=2017");
        var csv = await served.TextAsync(WebUtility.HtmlDecode(File().Match(page).Groups[1].Value));
        Assert.Equal(2, csv.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("Movie 4 of 1995", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_name_is_completed_and_an_unknown_name_leads_to_similar_ones()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies?company=pixar&order=title"));
        Assert.Contains("<h1><bdi>Movies: Pixar Animation Studios</bdi></h1>", page, StringComparison.Ordinal);
        Assert.Contains("company: 'pixar' was read as 'Pixar Animation Studios'.", page, StringComparison.Ordinal);
        Assert.Contains("1 to 2 of 2", page, StringComparison.Ordinal);
        var unknown = WebUtility.HtmlDecode(await served.PageAsync("/movies?company=Pixr&order=title", 400));
        Assert.Contains("<a href=\"/movies?company=%3DPixar%20Animation%20Studios&order=title\"><bdi>Pixar Animation Studios</bdi></a>", unknown, StringComparison.Ordinal);
        Assert.Contains("1 to 2 of 2", await served.PageAsync("/movies?company=%3DPixar%20Animation%20Studios&order=title"), StringComparison.Ordinal);
        Assert.Contains("where=genre%3DDrama", await served.PageAsync("/movies?where=genre%3DDramma", 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DashboardMovies.Script)]
    [InlineData(DashboardMovies.Quotes)]
    [InlineData(DashboardMovies.RightToLeft)]
    [InlineData(DashboardMovies.Slashes)]
    public async Task A_name_finds_its_movies_whatever_it_says(string company)
    {
        var page = await served.PageAsync($"/movies?company={Uri.EscapeDataString(company)}");
        Assert.Contains("1 to 1 of 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/movies?company=Pixar", 200, "Pixar Animation Studios")]
    [InlineData("/movies?genre=Drama&from=1900&to=1901", 200, "No matching movies")]
    [InlineData("/movies?where=budget", 400, "is not a filter")]
    [InlineData("/movies?order=price", 400, "movies have no column 'price'")]
    [InlineData("/movies?cursor=AAAA", 400, "not created by this server")]
    public async Task An_empty_result_explains_why(string address, int status, string says) =>
        Assert.Contains(says, WebUtility.HtmlDecode(await served.PageAsync(address, status)), StringComparison.Ordinal);

    [Theory]
    [InlineData("/films", "/movies")]
    [InlineData("/films?genre=Drama&where=year%20is%20known&snapshot=1", "/movies?genre=Drama&where=year%20is%20known&snapshot=1")]
    [InlineData("/films/862", "/movies/862")]
    [InlineData("/films/862?dollars=2017", "/movies/862?dollars=2017")]
    public async Task Addresses_of_version_0_1_redirect_permanently(string old, string expected)
    {
        using var response = await served.BrowseAsync(old);
        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
        await served.PageAsync(expected);
    }

    [Fact]
    public async Task A_long_list_has_pages_without_repeats_and_cursors_bound_to_their_query()
    {
        await using var own = new LongListServer();
        await own.InitializeAsync();
        var (seen, address) = (new List<string>(), "/movies?order=popularity");
        while (address.Length > 0)
        {
            var page = await own.PageAsync(address);
            seen.AddRange(Movie().Matches(page).Select(match => match.Groups[1].Value));
            address = WebUtility.HtmlDecode(Next().Match(page).Groups[1].Value);
            if (address.Contains("cursor", StringComparison.Ordinal) && seen.Count == 50)
            {
                await own.PageAsync(address.Replace("popularity", "title", StringComparison.Ordinal), 400);
            }
        }

        Assert.Equal(Enumerable.Range(1, LongListServer.Movies).Select(id => id.ToString(CultureInfo.InvariantCulture)), seen);
    }

    [GeneratedRegex("href=\"(/movies\\?where=company%3D%22%3DPixar[^\"]*)\"")]
    private static partial Regex PixarMovies();

    [GeneratedRegex("href=\"(/api/v1/movies\\?[^\"]*format=csv[^\"]*)\"")]
    private static partial Regex File();

    [GeneratedRegex("<th scope=\"row\"[^>]*>\\s*<a href=\"/movies/(\\d+)")]
    private static partial Regex Movie();

    [GeneratedRegex("<a href=\"([^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();

    private sealed class LongListServer : DashboardServer
    {
        public const int Movies = 120;

        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, [.. Enumerable.Range(1, Movies).Select(id => MovieFile.Bare(id, ("popularity", $"{id}"), ("release_date", "2000-01-01")))]);
        }
    }
}
