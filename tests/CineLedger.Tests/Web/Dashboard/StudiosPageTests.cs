using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the page that compares studios, and the studios on the overview.</summary>
public sealed partial class StudiosPageTests(StudioServer served) : IClassFixture<StudioServer>
{
    private const long Total = 2_178_920_902 + 100_000_000 + 31_000_000;

    [Fact]
    public async Task Shares_are_of_the_revenue_of_all_movies_of_the_year_each_counted_once()
    {
        var shares = Chart(await served.PageAsync("/studios"), "market-share");
        Assert.Equal(("lines", "percent"), (shares.GetProperty("kind").GetString(), shares.GetProperty("unit").GetString()));
        Assert.Equal(1_200_000_000 / 1_573_554_033.0, Value(shares, "Meridian Group", 1995));
        Assert.Equal(373_554_033 / 1_573_554_033.0, Value(shares, "Pixar", 1995));

        // The year 2000: 9 million of a company without a studio, a co-production of two studios, and a movie of two labels of one studio, which counts once.
        Assert.Equal(131_000_000 / 140_000_000.0, Value(shares, "Harbour", 2000));
        Assert.Equal(100_000_000 / 140_000_000.0, Value(shares, "Meridian Group", 2000));
        Assert.Contains("\"$131 m of $140 m; known for 2 of 2 and 3 of 3 movies\"", await served.PageAsync("/studios"), StringComparison.Ordinal);
        Assert.Equal(50_000_000 / 140_000_000.0, Value(Chart(await served.PageAsync("/studios?share=equal"), "market-share"), "Meridian Group", 2000));
    }

    [Fact]
    public async Task A_movie_belongs_to_the_owner_of_its_release_date()
    {
        var shares = Chart(await served.PageAsync("/studios?chart=lines"), "market-share");
        Assert.Equal("lines", shares.GetProperty("kind").GetString());
        Assert.Equal(1, Value(shares, "Disney", 1999));
        Assert.Null(Value(shares, "Pixar", 1999));
        Assert.Null(Value(shares, "Disney", 1995));
    }

    [Fact]
    public async Task Ranks_are_by_revenue_and_a_studio_without_a_known_revenue_has_none()
    {
        var ranks = Chart(await served.PageAsync("/studios"), "rank-of-studios");
        Assert.Equal("bump", ranks.GetProperty("kind").GetString());
        Assert.Equal((1, 2), (Value(ranks, "Meridian Group", 1995), Value(ranks, "Pixar", 1995)));
        Assert.Equal((1, 2), (Value(ranks, "Harbour", 2000), Value(ranks, "Meridian Group", 2000)));
        Assert.Equal(2, Chart(await served.PageAsync("/studios?top=2"), "rank-of-studios").GetProperty("series").GetArrayLength());
        Assert.Contains("out of range", await served.PageAsync("/studios?top=9", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_has_share_growth_and_coverage_and_its_download_the_same_sums()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios"));
        var row = Row(page, "Meridian Group");
        Assert.Contains("<data value=\"1300000000\"", row, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"<data value=\"{1_300_000_000.0 / Total}\""), row, StringComparison.Ordinal);

        // 1990 to 2005 have known revenues: the last five years are compared with the five before them.
        Assert.Contains("Growth compares the revenue in 2001–2005 with that in 1996–2000,", page, StringComparison.Ordinal);
        var csv = (await served.TextAsync(WebUtility.HtmlDecode(SumFile().Match(page).Groups[1].Value))).Trim().Split('\n');
        Assert.StartsWith("studio,revenue,", csv[0], StringComparison.Ordinal);
        Assert.Contains(csv, line => line.StartsWith("Meridian Group,1300000000,", StringComparison.Ordinal));
        Assert.Equal(5, csv.Length - 1);
        Assert.Contains(FormattableString.Invariant($"Meridian Group,1300000000,{1_300_000_000.0 / Total},{Total},"), string.Join('\n', csv), StringComparison.Ordinal);
        var two = WebUtility.HtmlDecode(await served.PageAsync("/studios?from=1990&to=1991"));
        Assert.Contains("Growth compares the revenue in 1991 with that in 1990", two, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"<data value=\"{-37.5 / 40.5}\""), Row(two, "Harbour"), StringComparison.Ordinal);
        Assert.DoesNotContain("Growth compares", await served.PageAsync("/studios?from=1995&to=1995"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_are_stacked_only_if_they_add_up_unless_the_reader_says_so()
    {
        Assert.Equal("stacked", Chart(await served.PageAsync("/studios?share=equal"), "market-share").GetProperty("kind").GetString());
        Assert.Equal("stacked", Chart(await served.PageAsync("/studios?chart=stacked"), "market-share").GetProperty("kind").GetString());
        Assert.Equal("lines", Chart(await served.PageAsync("/"), "market-share").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_genre_filters_the_studio_and_all_movies_of_a_share()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios?genre=Drama"));
        Assert.Equal(131_000_000 / 140_000_000.0, Value(Chart(page, "market-share"), "Harbour", 2000));
        Assert.Null(Value(Chart(page, "market-share"), "Harbour", 1991));
        Assert.Contains("/movies?where=studio%3D%22Harbour%22&where=genre%3D%22Drama%22&from=2000&to=2000", page, StringComparison.Ordinal);
        Assert.Equal(131_000_000 / 140_000_000.0, Value(Chart(await served.PageAsync("/studios?genre=drama"), "market-share"), "Harbour", 2000));
        Assert.Contains("<a href=\"/studios?genre=Drama\"><bdi>Drama</bdi></a>", await served.PageAsync("/studios?genre=Dramma", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_totals_whatever_the_display_options_say()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios?aggregate=median"));
        Assert.Equal(131_000_000 / 140_000_000.0, Value(Chart(page, "market-share"), "Harbour", 2000));
        Assert.Contains("This page always shows totals", page, StringComparison.Ordinal);
        Assert.Contains("\nMeridian Group,1300000000,", await served.TextAsync(SumFile().Match(page).Groups[1].Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companies_as_named_replace_studios()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/studios?as-named=true"));
        Assert.Equal(31_000_000 / 140_000_000.0, Value(Chart(page, "market-share"), "Harbour Films", 2000));
        Assert.Contains("href=\"/companies/Harbour%20Films\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Meridian Group", page, StringComparison.Ordinal);
        Assert.Contains("as-named=true", SumFile().Match(page).Groups[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_text_whatever_they_say()
    {
        var page = await served.PageAsync("/studios");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(DashboardMovies.Script, Chart(page, "market-share").GetProperty("series").EnumerateArray().Select(series => series.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_overview_leads_with_studios()
    {
        var page = await served.PageAsync("/");
        Assert.Equal(1_200_000_000 / 1_573_554_033.0, Value(Chart(page, "market-share"), "Meridian Group", 1995));
        Assert.Equal("Meridian Group", Chart(page, "top-studios").GetProperty("labels")[0].GetString());
        Assert.True(page.IndexOf("Top studios by revenue", StringComparison.Ordinal) < page.IndexOf("Top companies by revenue", StringComparison.Ordinal));
        Assert.True(page.IndexOf("href=\"/studios\"", StringComparison.Ordinal) < page.IndexOf("href=\"/companies\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_of_companies_also_finds_studios() =>
        Assert.Contains("href=\"/studios/Disney\"", await served.PageAsync("/companies?q=disn"), StringComparison.Ordinal);

    [Fact]
    public async Task A_ledger_without_studios_says_how_to_import_them()
    {
        await using var own = new NoStudioServer();
        await own.InitializeAsync();
        Assert.Contains("cineledger studios import", await own.PageAsync("/studios"), StringComparison.Ordinal);
        Assert.Equal(1, Value(Chart(await own.PageAsync("/studios?as-named=true"), "market-share"), "Pixar Animation Studios", 1999));
        Assert.DoesNotContain("Top studios", await own.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Studio:", await own.PageAsync("/companies/Pixar%20Animation%20Studios"), StringComparison.Ordinal);
        Assert.Contains("Studio not found", await own.PageAsync("/studios/Disney", 404), StringComparison.Ordinal);
    }

    internal static JsonElement Chart(string page, string name) => Charts().Matches(page).Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement)
        .Single(chart => chart.GetProperty("name").GetString() == name);

    internal static double? Value(JsonElement chart, string series, int year)
    {
        var place = chart.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).ToList().IndexOf($"{year}");
        var value = chart.GetProperty("series").EnumerateArray().Single(one => one.GetProperty("name").GetString() == series).GetProperty("data")[place];
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }

    private static string Row(string page, string name) => Regex.Match(page, $"<th scope=\"row\"[^>]*><a [^>]*><bdi>{name}</bdi></a></th>.*?</tr>", RegexOptions.Singleline).Value;

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>")]
    private static partial Regex Charts();

    [GeneratedRegex("href=\"(/api/v1/query\\?by=studio&[^\"]*format=csv[^\"]*)\"")]
    private static partial Regex SumFile();
}
