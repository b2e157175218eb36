using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the genre pages.</summary>
public sealed partial class GenrePageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task The_heat_map_has_a_cell_per_genre_and_year_a_gap_without_movies_and_a_dot_for_the_top_genre()
    {
        var heat = Chart(await served.PageAsync("/genres"), "popularity-by-genre-and-year");
        var years = heat.GetProperty("labels").EnumerateArray().Select(year => year.GetString()).ToList();
        Assert.Equal(16, years.Count);
        var animation = Series(heat, "Animation");
        Assert.Equal(21.946943, animation.GetProperty("data")[years.IndexOf("1995")].GetDouble());
        Assert.Equal(JsonValueKind.Null, animation.GetProperty("data")[years.IndexOf("1996")].ValueKind);

        // Few movies have no leader.
        Assert.Empty(animation.GetProperty("marked").EnumerateArray());
        Assert.Equal("1 movie", animation.GetProperty("notes")[years.IndexOf("1995")].GetString());
    }

    [Fact]
    public async Task The_table_beside_it_has_the_same_values_and_each_leads_to_its_movies()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/genres?rows=all"));
        Assert.Contains("<a href=\"/movies?genre=Adventure&from=1995&to=1995&measure=popularity\"><data value=\"12\" title=\"12, rank 3, 1 movie\">12.00</data></a>", page, StringComparison.Ordinal);
        Assert.Contains("title=\"no movies\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_genre_with_few_movies_is_not_the_most_popular_one_of_a_year()
    {
        await using var own = new CrowdedServer();
        await own.InitializeAsync();
        var heat = Chart(await own.PageAsync("/genres"), "popularity-by-genre-and-year");
        Assert.Equal([0], Series(heat, "Animation").GetProperty("marked").EnumerateArray().Select(place => place.GetInt32()));
        Assert.Empty(Series(heat, "Horror").GetProperty("marked").EnumerateArray());
        Assert.Contains("fewer than 10 movies behind this figure come last", await own.PageAsync("/companies?order=roi:desc"), StringComparison.Ordinal);
        var leaders = Chart(await own.PageAsync("/"), "most-popular-genres");
        Assert.Equal("Animation", Assert.Single(leaders.GetProperty("series").EnumerateArray()).GetProperty("name").GetString());
        Assert.DoesNotContain("most-popular-genres", await served.PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranks_are_by_year_and_of_a_long_span_by_decade()
    {
        var ranks = Chart(await served.PageAsync("/genres"), "rank-of-genres");
        Assert.Equal("1995", ranks.GetProperty("labels")[5].GetString());
        Assert.Equal(3, Series(ranks, "Adventure").GetProperty("data")[5].GetDouble());
        await using var own = new CenturyServer();
        await own.InitializeAsync();
        var page = await own.PageAsync("/genres");
        Assert.Equal(["1920", "1930", "1940", "1950", "1960", "1970", "1980", "1990"], Chart(page, "rank-of-genres").GetProperty("labels").EnumerateArray().Select(x => x.GetString()));
        Assert.Contains("ranked by decade", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_measure_shown_by_year_is_selected_in_the_address()
    {
        var profit = Chart(await served.PageAsync("/genres?measure=matched_profit"), "matched_profit-of-genres");
        Assert.Equal(-50_000_000, Series(profit, "Horror").GetProperty("data")[7].GetDouble());
        Assert.Contains("is not one of revenue", WebUtility.HtmlDecode(await served.PageAsync("/genres?measure=price", 400)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_genre_page_shows_its_years_share_of_all_movies_companies_and_movies()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/genres/Animation"));
        Assert.Contains("<data value=\"870920902\"", page, StringComparison.Ordinal);
        Assert.Contains("16.7 % of 12 movies", page, StringComparison.Ordinal);
        Assert.Contains("rank 1 among the genres", page, StringComparison.Ordinal);
        Assert.Equal(.5, Series(Chart(page, "share-of-movies"), "Share of all movies").GetProperty("data")[0].GetDouble());
        Assert.Equal("Pixar Animation Studios", Assert.Single(Chart(page, "top-companies").GetProperty("labels").EnumerateArray()).GetString());
        Assert.Contains("href=\"/movies?where=company%3D%22%3DPixar%20Animation%20Studios%22&genre=Animation&where=year%20is%20known&measure=revenue\"", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Toy Story 2</bdi>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/genres/Dramma", "Drama")]
    [InlineData("/genres/Dramma", "href=\"/genres/Comedy\"")]
    [InlineData("/genres/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>")]
    public async Task An_unknown_genre_shows_a_not_found_page(string address, string says)
    {
        var page = await served.PageAsync(address, 404);
        Assert.Contains(says, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/genres?from=1900&to=1901")]
    [InlineData("/genres/Drama?from=1900&to=1901")]
    public async Task A_year_range_without_movies_says_so_in_place_of_empty_charts(string address)
    {
        var page = await served.PageAsync(address);
        Assert.Contains("in these years", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-chart", page, StringComparison.Ordinal);
    }

    private static JsonElement Chart(string page, string name) => Charts().Matches(page).Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement)
        .Single(chart => chart.GetProperty("name").GetString() == name);

    private static JsonElement Series(JsonElement chart, string name) => chart.GetProperty("series").EnumerateArray().Single(series => series.GetProperty("name").GetString() == name);

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>")]
    private static partial Regex Charts();

    /// <summary>A server with ten movies of one genre and a more popular one of another.</summary>
    private sealed class CrowdedServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(
                ledger,
                [
                    .. Enumerable.Range(1, 10).Select(id => CineLedger.Tests.Support.MovieFile.Full(id, ("genres", "[{'id': 16, 'name': 'Animation'}]"))),
                    CineLedger.Tests.Support.MovieFile.Full(11, ("genres", "[{'id': 27, 'name': 'Horror'}]"), ("popularity", "99")),
                ]);
        }
    }

    private sealed class CenturyServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger, [.. new[] { 1925, 1960, 1995 }.Select(year => CineLedger.Tests.Support.MovieFile.Full(year, ("release_date", $"{year}-01-01")))]);
        }
    }
}
