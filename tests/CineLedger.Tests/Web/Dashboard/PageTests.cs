using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests properties of every page.</summary>
public sealed partial class PageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing/here")]
    [InlineData("/?from=x")]
    public async Task A_page_runs_nothing_but_our_scripts_and_names_no_other_server(string address)
    {
        using var response = await served.BrowseAsync(address);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Matches("^default-src 'none'; script-src 'self' 'sha256-[^']+'; style-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch("\\sstyle=|\\son[a-z]+=\"|(src|href|action)=\"(https?:)?//", page);
        foreach (var script in InlineScript().Matches(page).Select(match => match.Groups[1].Value))
        {
            Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))), policy, StringComparison.Ordinal);
        }

        foreach (var asset in Assets().Matches(page).Select(match => match.Groups[1].Value).Distinct())
        {
            using var got = await served.SendAsync(asset, ("Accept-Encoding", "br"));
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", got.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", Assert.Single(got.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory]
    [InlineData("/?from=x", 400, "'x' is not a whole number")]
    [InlineData("/?from=2001&to=1999", 400, "2001 must not be after 'to'")]
    [InlineData("/?aggregate=mean", 400, "is not one of sum, avg")]
    [InlineData("/?form=1999", 400, "did you mean from?")]
    [InlineData("/?snapshot=99", 404, "There is no snapshot 99")]
    [InlineData("/?dollars=1800", 400, "out of range")]
    [InlineData("/wp-login.php", 404, "There is nothing at /wp-login.php")]
    public async Task A_bad_address_gives_a_page_that_says_what_is_wrong(string address, int status, string says)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync(address, status));
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("Go to the overview", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/years/1995")]
    [InlineData("/companies")]
    [InlineData("/companies/Harbour%20Pictures")]
    [InlineData("/genres/Drama")]
    [InlineData("/quality")]
    [InlineData("/snapshots")]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy")]
    [InlineData("/explore?by=year,genre&measure=releases,revenue")]
    [InlineData("/movies?measure=revenue")]
    public async Task Columns_of_numbers_can_be_sorted_by_value(string address)
    {
        foreach (var body in TableBody().Matches(await served.PageAsync(address)).Select(body => body.Value))
        {
            Assert.All(NumberCell().Matches(body), cell => Assert.Matches("<data |class=\"unknown\"", cell.Value));
        }
    }

    [Fact]
    public async Task Programs_and_the_API_get_problem_documents()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await served.ProblemAsync("/nothing")).Status);
        using var api = await served.BrowseAsync("/api/v1/nothing");
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Error_pages_show_the_address_as_text()
    {
        var page = await served.PageAsync("/?from=%3Cscript%3Ealert(1)%3C/script%3E", 400);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_form_fields_are_ignored() =>
        Assert.Contains("1990–2005", WebUtility.HtmlDecode(await served.PageAsync("/?from=&to=&dollars=&aggregate=&snapshot=")), StringComparison.Ordinal);

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again_and_one_that_did_is()
    {
        await using var own = new DashboardServer();
        await own.InitializeAsync();
        using var first = await own.BrowseAsync("/");
        var tag = first.Headers.ETag!.ToString();
        using var again = await own.BrowseAsync("/", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        await own.LoadAsync(DashboardMovies.Second);
        using var after = await own.BrowseAsync("/", ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.OK, "2"), (after.StatusCode, Assert.Single(after.Headers.GetValues("Ledger-Snapshot"))));
        Assert.Contains("Snapshot 2 is newer", await own.PageAsync("/?snapshot=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_without_a_snapshot_gives_a_page_that_says_what_to_do()
    {
        await using var empty = new EmptyDashboardServer();
        await empty.InitializeAsync();
        var page = await empty.PageAsync("/", 503);
        Assert.Contains("No data loaded yet", page, StringComparison.Ordinal);
        Assert.Contains("<code>cineledger load SOURCE</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>cineledger sample -o sample.zip</code>", page, StringComparison.Ordinal);
        Assert.Contains("cineledger keys create", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await empty.ProblemAsync("/api/v1/movies")).Status);
        var (_, key) = await empty.CreateKeyAsync(isAdministrator: true);
        var basic = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"me:{key}"));
        using var allowed = await empty.BrowseAsync("/", ("Authorization", basic));
        Assert.Contains("<a href=\"/load\">Load a file</a> on this server", await allowed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_browser_is_prompted_for_the_key_and_admitted_with_it()
    {
        using var refused = await served.BrowseAsync("/", ("Test-From", "192.0.2.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.StartsWith("Basic realm=", Assert.Single(refused.Headers.GetValues("WWW-Authenticate")), StringComparison.Ordinal);
        Assert.Contains("reading requires a key", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var (_, key) = await served.CreateKeyAsync(isAdministrator: true);
        var basic = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"me:{key}"));
        using var page = await served.BrowseAsync("/", ("Test-From", "192.0.2.7"), ("Authorization", basic));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-cache, private", page.Headers.CacheControl?.ToString());

        // Basic credentials must not authorize changes: a browser sends them even with requests that another site triggers.
        using var changing = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks") { Content = new StringContent("{}", null, "application/json") };
        changing.Headers.TryAddWithoutValidation("Authorization", basic);
        using var response = await served.Client.SendAsync(changing, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/genres", true)]
    [InlineData("/movies", false)]
    [InlineData("/snapshots", false)]
    [InlineData("/explore", false)]
    [InlineData("/nothing", false)]
    public async Task The_chart_library_is_loaded_only_where_there_is_a_chart(string address, bool hasCharts)
    {
        using var response = await served.BrowseAsync(address);
        var page = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal((hasCharts, hasCharts), (page.Contains("/charts.js\"", StringComparison.Ordinal), page.Contains("data-chart", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Assets_of_another_version_are_served_but_not_cached()
    {
        using var other = await served.SendAsync("/assets/0123/site.css");
        Assert.Equal((HttpStatusCode.OK, "no-cache"), (other.StatusCode, other.Headers.CacheControl?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await served.ProblemAsync("/assets/0123/nothing.css")).Status);
        Assert.Contains("Disallow: /", await served.TextAsync("/robots.txt"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<tbody>.*?</tbody>", RegexOptions.Singleline)]
    private static partial Regex TableBody();

    [GeneratedRegex("<t[dh][^>]*class=\"number\".*?</t[dh]>", RegexOptions.Singleline)]
    private static partial Regex NumberCell();

    [GeneratedRegex("(?s)<script>(.*?)</script>")]
    private static partial Regex InlineScript();

    [GeneratedRegex("(?:src|href)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Assets();

    private sealed class EmptyDashboardServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync() => await (await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default)).DisposeAsync();
    }
}
