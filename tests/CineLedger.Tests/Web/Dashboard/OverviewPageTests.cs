using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

public sealed partial class OverviewPageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task Amounts_are_readable_and_exact_on_hover_and_undated_movies_are_excluded()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/"));

        // 373,554,033 + 497,366,869 + 1,308,000,000: the eleven movies with a date and a known revenue.
        Assert.Contains("<data value=\"2178920902\" title=\"$2,178,920,902\">$2.18 bn</data>", page, StringComparison.Ordinal);
        Assert.Contains("known for 11 movies", page, StringComparison.Ordinal);
        Assert.Contains("1 undated excluded.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_has_a_minus_sign_and_an_unknown_year_a_labeled_dash()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/"));
        Assert.Contains("<data class=\"loss\" value=\"-50000000\" title=\"−$50,000,000, known for 1 of 1 movie\">−$50.0 m</data>", page, StringComparison.Ordinal);
        Assert.Matches("1992</data></a></th>\\s*<td class=\"number\">\\s*<span class=\"unknown\" title=\"known for 0 of 1 movie\">–<span class=\"sr\">unknown</span>", page);
    }

    [Fact]
    public async Task Charts_are_data_with_gaps_for_what_is_unknown()
    {
        var amounts = Charts(await served.PageAsync("/")).Single(chart => chart.GetProperty("name").GetString() == "revenue-and-budget");
        Assert.Equal(("lines", "money"), (amounts.GetProperty("kind").GetString(), amounts.GetProperty("unit").GetString()));
        var years = amounts.GetProperty("labels").EnumerateArray().Select(year => year.GetString()).ToList();
        var revenue = amounts.GetProperty("series")[0].GetProperty("data");
        Assert.Equal(JsonValueKind.Null, revenue[years.IndexOf("1992")].ValueKind);
        Assert.Equal(1_573_554_033, revenue[years.IndexOf("1995")].GetDouble());
    }

    [Fact]
    public async Task All_reports_of_the_years_shown_can_be_downloaded_as_a_workbook()
    {
        foreach (var page in (string[])["/", "/companies", "/genres"])
        {
            Assert.Contains(
                "href=\"/api/v1/reports/all?format=xlsx&from=1999&to=2000&share=equal&snapshot=1\" download>All reports (Excel)</a>",
                WebUtility.HtmlDecode(await served.PageAsync($"{page}?from=1999&to=2000&share=equal")),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_year_range_narrows_every_figure_and_stays_in_every_link()
    {
        var page = await served.PageAsync("/?from=1999&to=2000");
        Assert.Contains("<data value=\"506366869\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour Pictures", page, StringComparison.Ordinal);
        Assert.Contains("where=year%3D1999..2000", page, StringComparison.Ordinal);
        Assert.Contains("All years", page, StringComparison.Ordinal);
        Assert.Contains("No movies in these years", await served.PageAsync("/?from=1900&to=1901"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_year_has_a_page_of_its_own()
    {
        using var response = await served.BrowseAsync("/?from=1999&to=1999&share=equal");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/years/1999?share=equal", response.Headers.Location?.OriginalString);
        Assert.Contains("href=\"/years/1999\"", await served.PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_snapshot_says_what_was_loaded_and_the_next_one_what_changed()
    {
        await using var own = new DashboardServer();
        await own.InitializeAsync();
        Assert.Contains("13 movies are in the ledger", await own.PageAsync("/"), StringComparison.Ordinal);
        await own.LoadAsync(DashboardMovies.Second);
        var page = WebUtility.HtmlDecode(await own.PageAsync("/"));
        Assert.Contains("1 movie added, 0 changed, 0 removed", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/snapshots/diff?a=1&b=2\"", page, StringComparison.Ordinal);
        Assert.Contains(" value=\"31000000\" title=\"$31,000,000\">+$31.0 m</data>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What was loaded", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Downloads_contain_what_the_page_shows()
    {
        var page = await served.PageAsync("/?dollars=2017&share=equal");
        var address = WebUtility.HtmlDecode(CompanyFile().Match(page).Groups[1].Value);
        Assert.Contains("dollars=2017", address, StringComparison.Ordinal);
        var row = (await served.TextAsync(address)).Split('\n')[1].Split(',');
        Assert.Contains($"<data value=\"{row[1]}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_text_whatever_they_say()
    {
        var page = await served.PageAsync("/");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        foreach (var name in DashboardMovies.Names)
        {
            var cell = Cell().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));
            Assert.Contains(name, cell);
        }

        var companies = Charts(page).Single(chart => chart.GetProperty("name").GetString() == "top-companies").GetProperty("labels").EnumerateArray().Select(name => name.GetString());
        Assert.Contains(DashboardMovies.Script, companies);
    }

    private static IEnumerable<JsonElement> Charts(string page) => Chart().Matches(page).Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement);

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>")]
    private static partial Regex Chart();

    [GeneratedRegex("<bdi>(.*?)</bdi>")]
    private static partial Regex Cell();

    [GeneratedRegex("href=\"(/api/v1/query\\?by=company[^\"]*format=csv[^\"]*)\"")]
    private static partial Regex CompanyFile();
}
