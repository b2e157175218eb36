using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

public sealed partial class ExplorePageTests(DashboardServer served) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task An_empty_form_offers_examples_that_all_work()
    {
        var links = Examples().Matches(await served.PageAsync("/explore")).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.True(links.Count >= 6);
        foreach (var link in links)
        {
            // These movies have no directors because their dataset has no credits.csv.
            Assert.Matches(link.Contains("director", StringComparison.Ordinal) ? "No matching movies" : "Share and reuse", await served.PageAsync(link));
        }
    }

    [Theory]
    [InlineData("by=year,genre&measure=revenue,releases&where=year%3E%3D1995&order=revenue:desc&limit=5")]
    [InlineData("by=genre&measure=revenue:avg,rank:revenue&share=equal&dollars=2017&totals=true")]
    [InlineData("by=year&measure=revenue&compare=previous-year&aggregate=median")]
    [InlineData("by=year,genre&measure=revenue&pivot=year&order=revenue:desc&totals=true")]
    [InlineData("by=year,genre,company&measure=revenue,releases&pivot=genre")]
    [InlineData("measure=releases,budget&where=genre!%3DDrama&where=budget%20is%20known")]
    [InlineData("by=company&measure=weighted&weighted-votes=10&weighted-mean=6&top=2")]
    public async Task The_query_string_of_the_api_gives_the_same_rows(string query)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"/explore?{query}&rows=all"));
        var lines = (await served.TextAsync($"/api/v1/query?{query}&format=csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length - 1, BodyRows().Count(page));
        foreach (var number in lines[1..].SelectMany(line => line.Split(',')).Where(cell => cell.Length > 5 && long.TryParse(cell, out _)))
        {
            Assert.Contains($"value=\"{number}\"", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("by=year&by=genre&measure1=revenue&of1=avg&field1=genre&is1=%3D&value1=Drama&value2=&is2=%3D", "by=year%2Cgenre&measure=revenue%3Aavg&where=genre%3DDrama")]
    [InlineData("by=year", "by=year&measure=releases")]
    [InlineData("by=genre&measure=revenue&from=1995&to=2000", "by=genre&measure=revenue&where=year%3D1995..2000")]
    [InlineData("by=genre&measure=revenue&where=year%3E%3D1900&from=1995", "by=genre&measure=revenue&where=year%3E%3D1995")]
    [InlineData("by=year&measure=popularity&popularity=weighted&order=popularity:desc", "by=year&measure=weighted&order=weighted%3Adesc")]
    [InlineData("by=year&measure1=budget&order=revenue:desc", "by=year&measure=budget")]
    [InlineData("by=year&by=genre&measure1=budget&pivot=genre", "by=year%2Cgenre&measure=budget&pivot=genre")]
    [InlineData("by=year&measure1=budget&pivot=genre", "by=year&measure=budget")]
    [InlineData("by=year&measure=budget&format=csv&seen=1", "by=year&measure=budget")]
    [InlineData("by=year&field1=budget&is1=known&dollars=2017", "by=year&measure=releases&where=budget%20is%20known&dollars=2017")]
    public async Task Fields_of_the_form_and_parameters_of_other_pages_become_API_parameters(string sent, string kept)
    {
        using var response = await served.BrowseAsync($"/explore?{sent}");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal($"/explore?{kept}", response.Headers.Location?.OriginalString);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        await served.PageAsync($"/explore?{kept}");
        await served.TextAsync($"/api/v1/query?{kept}");
    }

    [Theory]
    [InlineData("by=yaer,genre&measure=revenue", "there is no dimension 'yaer'; did you mean year?", "<option value=\"yaer\" selected>")]
    [InlineData("by=year&measure=revnue", "did you mean revenue", "<option value=\"revnue\" selected>")]
    [InlineData("by=year&measure=revenue&where=gener%3DDrama", "did you mean genre", "value=\"Drama\"")]
    [InlineData("by=year&measure=revenue&where=what", "is not a filter", "name=\"where\" value=\"what\"")]
    [InlineData("by=year&measure=revenue&limit=x1", "'x1' is not a whole number", "name=\"limit\" inputmode=\"numeric\" value=\"x1\"")]
    [InlineData("by=year&measure=revenue&limit=99999999999", "out of range", "value=\"99999999999\"")]
    [InlineData("by=year&measure=revenue&order=budget", "no column 'budget'", "<option value=\"budget\" selected>")]
    [InlineData("by=year,genre&measure=revenue&pivot=company", "add it there", "<option value=\"company\" selected>")]
    [InlineData("by=year,genre&measure=revenue&pivot=yaer", "did you mean year?", "<option value=\"yaer\" selected>")]
    [InlineData("by=year&measure=revenue&chart=pie", "is not one of lines, bars", "<option value=\"revenue\" selected")]
    [InlineData("by=year&measure=revenue&where=year%3E2000&where=year%3C1990", "contradict each other", "value=\"2000\"")]
    [InlineData("by=genre&measure=revenue&compare=previous-year", "add year, quarter or month", "<option value=\"genre\" selected")]
    public async Task Invalid_words_are_reported_with_the_nearest_and_the_form_keeps_its_input(string query, string says, string keeps)
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync($"/explore?{query}", 400));
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains(keeps, page, StringComparison.Ordinal);
        Assert.Contains("<form class=\"query-builder\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absurd_addresses_get_a_result_or_an_error()
    {
        await served.PageAsync("/explore?by=year&measure=revenue&limit=2147483647");
        var many = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"&where=a%3D{i}"));
        Assert.Contains("the limit is 100", await served.PageAsync($"/explore?by=year{many}", 400), StringComparison.Ordinal);
        Assert.Contains("name=\"where\"", await served.PageAsync($"/explore?by=year&measure=revenue{string.Concat(Enumerable.Range(1900, 90).Select(year => $"&where=year%3D{year}"))}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by=year&measure=revenue,budget", "lines")]
    [InlineData("by=decade&measure=revenue", "bars")]
    [InlineData("by=year,genre&measure=revenue", "heat")]
    [InlineData("by=year,genre&measure=revenue&share=equal", "stacked")]
    [InlineData("by=year,genre&measure=releases&share=equal", "heat")]
    [InlineData("by=year,language&measure=revenue", "stacked")]
    [InlineData("by=year,genre&measure=popularity", "heat")]
    [InlineData("by=genre,company&measure=revenue", "heat")]
    [InlineData("by=company&measure=revenue", "ranking")]
    [InlineData("by=year,genre,company&measure=revenue&chart=heat", "heat")]
    [InlineData("by=year&measure=revenue&chart=bars", "bars")]
    [InlineData("by=year,genre&measure=revenue&pivot=year", "heat")]
    [InlineData("by=year,genre&measure=revenue&pivot=genre&chart=lines", "lines")]
    [InlineData("by=genre,company&measure=revenue&pivot=genre&chart=ranking", "heat")]
    [InlineData("by=year&measure=revenue&chart=heat", "lines")]
    public async Task The_default_chart_fits_the_query(string query, string kind) =>
        Assert.Equal(kind, ReadChart(await served.PageAsync($"/explore?{query}")).GetProperty("kind").GetString());

    [Theory]
    [InlineData("by=year,genre&measure=revenue,releases", "year")]
    [InlineData("by=year,genre&measure=revenue,releases", "genre")]
    [InlineData("by=genre,company&measure=releases", "company")]
    [InlineData("by=year,genre,company&measure=budget", "year")]
    public async Task A_chart_shows_the_same_with_values_as_columns(string query, string pivot)
    {
        var (rows, columns) = (ReadChart(await served.PageAsync($"/explore?{query}")), ReadChart(await served.PageAsync($"/explore?{query}&pivot={pivot}")));
        Assert.Equal(Values(rows), Values(columns));

        static IEnumerable<string> Values(JsonElement chart)
        {
            var labels = chart.GetProperty("labels").EnumerateArray().Select(label => label.ToString()).ToList();
            return chart.GetProperty("series").EnumerateArray()
                .SelectMany(series => series.GetProperty("data").EnumerateArray().Select((value, at) => $"{series.GetProperty("name")} {labels[at]} {value}"))
                .Where(text => !text.EndsWith(' ') && !text.EndsWith(" 0", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Values_as_columns_have_the_format_of_their_measure_and_rows_are_ordered_by_names_only()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=year,genre&measure=revenue,roi&pivot=year&where=year%3E%3D1995&totals=true"));
        Assert.Matches("<th scope=\"col\" class=\"number\" title=\"1995: [^\"]+\">\\s*1995 revenue\\s*</th>", page);
        Assert.Contains("1995 return on investment", page, StringComparison.Ordinal);
        Assert.Matches("[?&]order=genre[^\"]*\">Genre</a>", page);
        Assert.DoesNotMatch("order=1995", page);
        Assert.Matches("<tfoot><tr>\\s*<th scope=\"row\"><bdi>Total</bdi></th>\\s*<td class=\"number\"><data[^>]*>\\$", page);
        Assert.Contains("cineledger query --by year,genre --measure revenue,roi", QualityPageTests.Text(page), StringComparison.Ordinal);
        Assert.Contains("--pivot year", QualityPageTests.Text(page), StringComparison.Ordinal);
        Assert.Contains("pivot=year", Files().Match(page).Value, StringComparison.Ordinal);
        Assert.Contains("-- Columns", Sql().Match(page).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_without_movies_is_a_gap_and_an_unknown_amount_is_not_zero()
    {
        var chart = ReadChart(await served.PageAsync("/explore?by=year&measure=revenue"));
        var years = chart.GetProperty("labels").EnumerateArray().Select(year => year.GetString()).ToList();
        Assert.Equal(Enumerable.Range(1990, 16).Select(year => $"{year}"), years);
        var data = chart.GetProperty("series")[0].GetProperty("data");
        Assert.Equal(JsonValueKind.Null, data[years.IndexOf("1998")].ValueKind);
        Assert.Equal(JsonValueKind.Null, data[years.IndexOf("1992")].ValueKind);
    }

    [Fact]
    public async Task Notes_explain_how_movies_are_counted_and_the_total_is_separate()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=genre&measure=releases&totals=true"));
        Assert.Contains("A movie counts in full in each of its genre rows; the total counts it once.", page, StringComparison.Ordinal);
        Assert.Matches("<tfoot><tr>\\s*<th scope=\"row\"><bdi>Total</bdi></th>\\s*<td class=\"number\"><data value=\"12\"", page);
        Assert.Contains("split equally among its", await served.PageAsync("/explore?by=genre&measure=revenue&share=equal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_keeps_the_form_and_links_to_the_query_with_a_similar_name()
    {
        var page = await served.PageAsync("/explore?by=year&measure=revenue&where=genre%3DDramma", 400);
        Assert.Contains("there is no genre 'Dramma'", WebUtility.HtmlDecode(page), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"Dramma\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/explore?by=year&amp;measure=revenue&amp;where=genre%3DDrama\"><bdi>Drama</bdi></a>", page, StringComparison.Ordinal);
        var completed = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=company&measure=releases&where=company%3Dpixar"));
        Assert.Contains("Company: 'pixar' was read as 'Pixar Animation Studios'.", completed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_query_is_available_as_link_curl_command_and_SQL()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=year&measure=revenue&where=company%3DPixar%20Animation%20Studios&chart=bars"));
        Assert.Contains("curl '/api/v1/query?by=year&measure=revenue&where=company%3DPixar%20Animation%20Studios'", page, StringComparison.Ordinal);
        Assert.Contains("cineledger query --by year --measure revenue --where 'company=Pixar Animation Studios'", QualityPageTests.Text(page), StringComparison.Ordinal);
        Assert.Contains("'Pixar Animation Studios'", Sql().Match(page).Value, StringComparison.Ordinal);
        Assert.Contains("/explore?by=year&measure=revenue&where=company%3DPixar%20Animation%20Studios&chart=bars", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_text_in_rows_links_charts_and_fields()
    {
        var page = await served.PageAsync("/explore?by=company&measure=revenue");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        var filtered = await served.PageAsync($"/explore?by=year&measure=revenue&where={Uri.EscapeDataString($"company={DashboardMovies.Quotes}")}&where={Uri.EscapeDataString($"company={DashboardMovies.Script}")}");
        Assert.DoesNotContain("<script>alert", filtered, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(DashboardMovies.Quotes, WebUtility.HtmlDecode(filtered), StringComparison.Ordinal);
        Assert.Contains("value=\"9000000\"", filtered, StringComparison.Ordinal);
        Assert.Contains("value=\"13000000\"", filtered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_year_range_is_kept_across_pages()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=genre&measure=revenue&where=year%3D1995..2000"));
        Assert.Contains("href=\"/?from=1995&to=2000\"", page, StringComparison.Ordinal);
        Assert.Contains("All years", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/explore?by=genre&measure=revenue\">All years", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aggregate=avg")]
    [InlineData("dollars=2017")]
    [InlineData("share=equal")]
    public async Task Every_switch_changes_the_numbers_of_every_page_and_stays_in_its_links(string said)
    {
        foreach (var address in new[] { "/", "/explore?by=genre&measure=revenue" })
        {
            var joint = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var (withDefaults, other) = (await served.PageAsync(address), await served.PageAsync($"{address}{joint}{said}"));
            Assert.NotEqual(Numbers().Matches(withDefaults).Select(match => match.Value), Numbers().Matches(other).Select(match => match.Value));
            Assert.Contains($"href=\"/?{said}\"", other, StringComparison.Ordinal);
            Assert.Contains(Files().Matches(other), file => file.Value.Contains(said, StringComparison.Ordinal));
        }
    }

    private static JsonElement ReadChart(string page) => JsonDocument.Parse(Chart().Match(page).Groups[1].Value).RootElement;

    [Fact]
    public async Task Measures_of_different_units_do_not_share_an_axis()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=genre&measure=vote_average,vote_count"));
        Assert.Contains("The chart shows average vote; the other measures have another unit.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_have_names_and_periods_are_shown_newest_first()
    {
        var months = WebUtility.HtmlDecode(await served.PageAsync("/explore?by=month_of_year&measure=releases"));
        Assert.Contains("\"labels\":[\"January\",\"February\"", months, StringComparison.Ordinal);
        var names = System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.ToList();
        var numbers = Headers(months).Where(name => name != "–").Select(name => names.IndexOf(name)).ToList();
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Order(), numbers);
        Assert.DoesNotContain(-1, numbers);
        var years = Headers(await served.PageAsync("/explore?by=year&measure=releases&where=year+is+known"));
        Assert.Equal(years.OrderDescending(), years);
        Assert.Equal(years.Order(), Headers(await served.PageAsync("/explore?by=year&measure=releases&where=year+is+known&order=year")));
    }

    [Fact]
    public async Task The_largest_of_each_period_are_not_stacked()
    {
        var page = await served.PageAsync("/explore?by=year,genre&measure=revenue&top=1");
        Assert.Contains("\"kind\":\"heat\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">stacked bars</a>", page, StringComparison.Ordinal);
    }

    private static List<string> Headers(string page) => [.. RowHeader().Matches(page).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("<th scope=\"row\"[^>]*>\\s*(?:<a[^>]*>)?\\s*<bdi[^>]*>(?<name>[^<]*)</bdi>")]
    private static partial Regex RowHeader();

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>")]
    private static partial Regex Chart();

    [GeneratedRegex("<li><a href=\"(/explore\\?[^\"]+)\">")]
    private static partial Regex Examples();

    [GeneratedRegex("<th scope=\"row\"")]
    private static partial Regex BodyRows();

    [GeneratedRegex("<pre .*?</pre>", RegexOptions.Singleline)]
    private static partial Regex Sql();

    [GeneratedRegex("<data [^>]*value=\"[^\"]+\"")]
    private static partial Regex Numbers();

    [GeneratedRegex("href=\"/api/v1/query[^\"]*\" download")]
    private static partial Regex Files();
}
