using System.Net;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the pages for snapshots, loads, and differences between two snapshots.</summary>
public sealed class SnapshotPageTests(SnapshotPageTests.ChangedServer served) : IClassFixture<SnapshotPageTests.ChangedServer>
{
    [Fact]
    public async Task Each_snapshot_says_what_it_brought_and_leads_to_its_findings_its_differences_and_its_pages()
    {
        var html = WebUtility.HtmlDecode(await served.PageAsync("/snapshots"));
        var page = QualityPageTests.Text(html);
        Assert.Contains("2 snapshots", page, StringComparison.Ordinal);
        Assert.Contains("13 13 1 1 1", page, StringComparison.Ordinal);
        foreach (var link in (string[])["/quality/findings?snapshot=1", "/snapshots/diff?a=1&b=2", "/?snapshot=1"])
        {
            Assert.Contains($"href=\"{link}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_last_loads_are_listed_and_the_page_is_not_cached()
    {
        using var response = await served.BrowseAsync("/snapshots");
        Assert.Equal(("no-store", null), (response.Headers.CacheControl?.ToString(), response.Headers.ETag));
        var page = QualityPageTests.Text(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Recent loads", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("✓ published").Length - 1);
    }

    [Fact]
    public async Task Differences_are_listed_by_movie_and_field()
    {
        var page = QualityPageTests.Text(await served.PageAsync("/snapshots/diff?a=1&b=2"));
        Assert.Contains("Movies added 1 Movies changed 1 Movies removed 1", page, StringComparison.Ordinal);
        Assert.Contains("Movie 1 of 1990 removed whole movie in the ledger not in the ledger", page, StringComparison.Ordinal);
        Assert.Contains("Movie 12 of 2005 added whole movie not in the ledger in the ledger", page, StringComparison.Ordinal);
        Assert.Contains("Toy Story changed revenue $373,554,033 – unknown", page, StringComparison.Ordinal);
        var back = QualityPageTests.Text(await served.PageAsync("/snapshots/diff?a=2&b=1&change=added"));
        Assert.Contains("Movie 1 of 1990 added", back, StringComparison.Ordinal);
        Assert.DoesNotContain("Toy Story changed", back, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/snapshots/diff?a=1&b=1", 200, "Both snapshots contain the same movies")]
    [InlineData("/snapshots/diff?a=1&b=2&field=nonsense", 200, "No matching differences")]
    [InlineData("/snapshots/diff?a=1&b=9", 404, "There is no snapshot 9")]
    [InlineData("/snapshots/diff?a=1", 400, "B: the value is missing")]
    [InlineData("/snapshots/diff?a=1&b=2&change=moved", 400, "is not one of added, changed, removed")]
    public async Task Odd_addresses_have_a_page_that_says_what_exists(string address, int status, string says) =>
        Assert.Contains(says, QualityPageTests.Text(await served.PageAsync(address, status)), StringComparison.Ordinal);

    [Theory]
    [InlineData("/")]
    [InlineData("/quality")]
    [InlineData("/quality/findings")]
    [InlineData("/snapshots")]
    public async Task Every_page_can_be_shown_as_of_any_snapshot_and_says_so(string address)
    {
        var old = QualityPageTests.Text(await served.PageAsync($"{address}?snapshot=1"));
        Assert.Contains("You are viewing snapshot 1 of 2", old, StringComparison.Ordinal);
        Assert.Contains("As of snapshot 1", old, StringComparison.Ordinal);
        Assert.DoesNotContain("You are viewing", await served.PageAsync(address), StringComparison.Ordinal);
    }

    /// <summary>Two snapshots: the second adds a movie, removes another, and has Toy Story without its revenue.</summary>
    public sealed class ChangedServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await base.CreateLedgerAsync();
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, [.. DashboardMovies.Second.Where(movie => movie["id"] != "1").Select(movie => movie["id"] == "862" ? movie.With(("revenue", "0")) : movie)]);
        }
    }
}
