using System.Net;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the page of a movie.</summary>
public sealed class MoviePageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task A_movie_page_shows_amounts_names_and_external_links()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies/862"));
        Assert.Contains("<data value=\"373554033\" title=\"$373,554,033\">$374 m</data>", page, StringComparison.Ordinal);
        Assert.Contains("<data value=\"343554033\"", page, StringComparison.Ordinal);
        Assert.Contains("30 October 1995", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Pixar Animation Studios</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/genres/Animation\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/collections/Toy%20Story%20Collection\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://www.imdb.com/title/tt0114709/\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://www.themoviedb.org/movie/862\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_values_are_a_labeled_dash_and_never_zero()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies/3"));
        Assert.Matches("Revenue(</a>)?</dt>\\s*<dd>\\s*<span class=\"unknown\"[^>]*>–", page);
        Assert.Contains("unknown: not in the dataset", page, StringComparison.Ordinal);
        Assert.Contains("needs both amounts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_restated_in_the_chosen_dollars_as_in_queries()
    {
        var row = (await served.TextAsync("/api/v1/movies?company=Pixar%20Animation%20Studios&to=1995&dollars=2017&format=csv")).Split('\n')[1].Split(',');
        var page = WebUtility.HtmlDecode(await served.PageAsync("/movies/862?dollars=2017"));
        Assert.Contains($"<data value=\"{row[5]}\"", page, StringComparison.Ordinal);
        Assert.Contains("$373,554,033 in release-year dollars", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/movies/4711", 404, "The ledger has never had a movie 4711")]
    [InlineData("/movies/toy", 400, "'toy' is not a whole number")]
    [InlineData("/movies/0", 400, "out of range")]
    public async Task An_unknown_movie_shows_a_not_found_page(string address, int status, string says) =>
        Assert.Contains(says, WebUtility.HtmlDecode(await served.PageAsync(address, status)), StringComparison.Ordinal);

    [Fact]
    public async Task A_movie_page_shows_changes_findings_and_removal()
    {
        await using var own = new ChangingServer();
        await own.InitializeAsync();
        var changed = WebUtility.HtmlDecode(await own.PageAsync("/movies/4"));
        Assert.Matches("(?s)added to the ledger.*<bdi>budget</bdi>.*<bdi>20000</bdi>.*<bdi>60000</bdi>", changed);
        Assert.Contains("href=\"/movies/4?snapshot=1\"", changed, StringComparison.Ordinal);
        // Matched as a word because the page also has timestamps, which may contain these digits.
        Assert.DoesNotMatch(@"\b60,?000\b", await own.PageAsync("/movies/4?snapshot=1"));
        Assert.Matches(@"\b60,?000\b", changed);

        var found = WebUtility.HtmlDecode(await own.PageAsync("/movies/9"));
        Assert.Matches("(?s)<bdi>invalid-number</bdi>.*<bdi>movies_metadata.csv</bdi>.*<data value=\"9\".*<bdi>budget</bdi>.*<bdi>GATORADE</bdi>", found);
        Assert.Contains("No findings: the records were used unchanged.", changed, StringComparison.Ordinal);

        var removed = WebUtility.HtmlDecode(await own.PageAsync("/movies/5", 404));
        Assert.Contains("href=\"/movies/5?snapshot=2\"", removed, StringComparison.Ordinal);
        Assert.Contains("removed from the ledger", removed, StringComparison.Ordinal);
        await own.PageAsync("/movies/5?snapshot=2");
    }

    [Fact]
    public async Task Texts_of_a_movie_are_text_and_a_homepage_that_is_a_script_is_no_link()
    {
        await using var own = new HostileServer();
        await own.InitializeAsync();
        var page = await own.PageAsync("/movies/862");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{DashboardMovies.Long}</bdi>", page, StringComparison.Ordinal);
    }

    /// <summary>Three snapshots: the second changes a budget, the third removes a movie.</summary>
    private sealed class ChangingServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await ServedMovies.CreateAsync(Store);
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, [.. ServedMovies.Second.Where(movie => movie["id"] != "5")]);
        }
    }

    private sealed class HostileServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, [CineLedger.Tests.Support.MovieFile.Full(
                862, ("title", DashboardMovies.Script), ("tagline", DashboardMovies.Long), ("overview", DashboardMovies.Script), ("homepage", "javascript:alert(1)"))]);
        }
    }
}
