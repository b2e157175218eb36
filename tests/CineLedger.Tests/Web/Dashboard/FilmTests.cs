using System.Net;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>The page of one film.</summary>
public sealed class FilmTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task A_film_has_its_amounts_its_names_and_links_to_where_else_it_is()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/films/862"));
        Assert.Contains("<data value=\"373554033\" title=\"$373,554,033\">$373.6 m</data>", page, StringComparison.Ordinal);
        Assert.Contains("<data value=\"343554033\"", page, StringComparison.Ordinal);
        Assert.Contains("30 October 1995", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Pixar Animation Studios</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/genres/Animation\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/films?where=collection%3D%22Toy%20Story%20Collection%22\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://www.imdb.com/title/tt0114709/\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://www.themoviedb.org/movie/862\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unknown_is_a_dash_and_said_and_never_zero()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/films/3"));
        Assert.Matches("Revenue</dt>\\s*<dd>\\s*<span class=\"unknown\"[^>]*>–", page);
        Assert.Contains("unknown: the dataset does not say", page, StringComparison.Ordinal);
        Assert.Contains("takes both amounts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_in_the_dollars_that_are_asked_for_as_queries_restate_them()
    {
        var row = (await served.TextAsync("/api/v1/movies?company=Pixar%20Animation%20Studios&to=1995&dollars=2017&format=csv")).Split('\n')[1].Split(',');
        var page = WebUtility.HtmlDecode(await served.PageAsync("/films/862?dollars=2017"));
        Assert.Contains($"<data value=\"{row[5]}\"", page, StringComparison.Ordinal);
        Assert.Contains("$373,554,033 in the dollars of its release", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/films/4711", 404, "The ledger has never had a film 4711")]
    [InlineData("/films/toy", 400, "'toy' is no whole number")]
    [InlineData("/films/0", 400, "out of range")]
    public async Task A_film_that_there_is_not_has_a_page_that_says_so(string address, int status, string says) =>
        Assert.Contains(says, WebUtility.HtmlDecode(await served.PageAsync(address, status)), StringComparison.Ordinal);

    [Fact]
    public async Task A_film_tells_what_changed_what_the_cleaner_found_and_where_it_went()
    {
        await using var own = new ChangingServer();
        await own.InitializeAsync();
        var changed = WebUtility.HtmlDecode(await own.PageAsync("/films/4"));
        Assert.Matches("(?s)came into the ledger.*<bdi>budget</bdi>.*<bdi>20000</bdi>.*<bdi>60000</bdi>", changed);
        Assert.Contains("href=\"/films/4?snapshot=1\"", changed, StringComparison.Ordinal);
        // As a word: the page has moments too, which may end in such digits.
        Assert.DoesNotMatch(@"\b60,?000\b", await own.PageAsync("/films/4?snapshot=1"));
        Assert.Matches(@"\b60,?000\b", changed);

        var found = WebUtility.HtmlDecode(await own.PageAsync("/films/9"));
        Assert.Matches("(?s)<bdi>invalid-number</bdi>.*<bdi>movies_metadata.csv</bdi>.*<data value=\"9\".*<bdi>budget</bdi>.*<bdi>GATORADE</bdi>", found);
        Assert.Contains("Nothing: its records were used as they stand.", changed, StringComparison.Ordinal);

        var gone = WebUtility.HtmlDecode(await own.PageAsync("/films/5", 404));
        Assert.Contains("href=\"/films/5?snapshot=2\"", gone, StringComparison.Ordinal);
        Assert.Contains("was removed from it", gone, StringComparison.Ordinal);
        await own.PageAsync("/films/5?snapshot=2");
    }

    [Fact]
    public async Task Texts_of_a_film_are_text_and_a_homepage_that_is_a_script_is_no_link()
    {
        await using var own = new HostileServer();
        await own.InitializeAsync();
        var page = await own.PageAsync("/films/862");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{DashboardFilms.Long}</bdi>", page, StringComparison.Ordinal);
    }

    /// <summary>Three snapshots: a budget changes with the second, a film is gone with the third.</summary>
    private sealed class ChangingServer : DashboardServer
    {
        protected override async Task MakeLedgerAsync()
        {
            await ServedFilms.MakeAsync(Store);
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedFilms.LoadAsync(ledger, [.. ServedFilms.Second.Where(film => film["id"] != "5")]);
        }
    }

    private sealed class HostileServer : DashboardServer
    {
        protected override async Task MakeLedgerAsync()
        {
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedFilms.LoadAsync(ledger, [CineLedger.Tests.Support.MovieFile.Full(
                862, ("title", DashboardFilms.Script), ("tagline", DashboardFilms.Long), ("overview", DashboardFilms.Script), ("homepage", "javascript:alert(1)"))]);
        }
    }
}
