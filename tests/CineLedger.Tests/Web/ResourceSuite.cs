using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>Tests the resources of the API.</summary>
public abstract class ResourceSuite(ServedLedger served)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reports_are_those_of_the_command_line()
    {
        Assert.Equal(["companies", "genres", "company-genres", "studios"], (await served.JsonAsync("/api/v1/reports")).GetProperty("data").EnumerateArray().Select(report => report.GetProperty("name").GetString()!));
        var response = await served.JsonAsync("/api/v1/reports/companies?company=Bee");
        Assert.Equal(["2000|Bee|2|110001|300000|189999|199999|2|2|1|1", "2001|Bee|1|60000|10000|-50000|-50000|4|1|1|1"], ServedLedger.Rows(response));
        var meta = response.GetProperty("meta");
        Assert.Equal((2, "memory", false), (meta.GetProperty("snapshot").GetInt32(), meta.GetProperty("source").GetString(), meta.GetProperty("synthetic").GetBoolean()));
        Assert.Equal("""{"movies":3,"films":3,"undated":0,"budgetKnown":3,"revenueKnown":2}""", meta.GetProperty("coverage").GetRawText());
        Assert.Equal(
            ["year", "company", "releases", "budget", "revenue", "profit", "matchedProfit", "popularity", "budgetKnown", "revenueKnown", "profitKnown"],
            response.GetProperty("data")[0].EnumerateObject().Select(field => field.Name));
    }

    [Theory]
    [InlineData("from=2001&to=2001&order=year", "2001|Bee|1|60000|10000|-50000|-50000|4|1|1|1", "2001|Cecil|1|||||7|0|0|0")]
    [InlineData("from=2000&to=2000&company=Bee&aggregate=avg&popularity=vote_count&share=equal", "2000|Bee|2|26666.5|150000|100000|100000|0|2|1|1")]
    [InlineData("company=Bee&company=Dora&order=releases:desc&limit=1", "2000|Bee|2|110001|300000|189999|199999|2|2|1|1")]
    [InlineData("company=Bee&genre=Drama&snapshot=1&from=2001", "2001|Bee|1|20000|10000|-10000|-10000|4|1|1|1")]
    public async Task A_report_takes_the_options_of_the_command_line(string options, params string[] rows) =>
        Assert.Equal(rows, await served.RowsAsync($"/api/v1/reports/companies?{options}"));

    [Theory]
    [InlineData("by=year&measure=releases,revenue&where=genre=Drama", "1999", "2000|2|350000", "2001|1|10000")]
    [InlineData("by=year,company&measure=revenue&top=1&where=year=2000..2001", "", "2000|Ada|350000", "2001|Bee|10000")]
    [InlineData("by=year&measure=releases&where=year=2000..2001&totals=true", "", "2000|3", "2001|3", "|6")]
    [InlineData("by=year&measure=releases&where=year=2001..2002&compare=previous-year", "", "2001|3|3|0|0", "2002|2|3|-1|-33.333333333333336")]
    [InlineData("measure=revenue:max,budget:median&where=company=Ada&where=budget is known", "", "300000|10000")]
    [InlineData("measure=releases&where=release_date is unknown", "", "1")]
    public async Task A_query_takes_the_options_of_the_command_line(string options, string without, params string[] rows)
    {
        var response = await served.RowsAsync($"/api/v1/query?{options}");
        Assert.Equal(rows, response);
        Assert.DoesNotContain(response, row => without.Length > 0 && row.StartsWith(without, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_query_vocabulary_is_listed()
    {
        var words = (await served.JsonAsync("/api/v1/query/dimensions")).GetProperty("data");
        Assert.Contains(words.GetProperty("dimensions").EnumerateArray(), word => word.GetProperty("name").GetString() == "director");
        Assert.Contains(words.GetProperty("measures").EnumerateArray(), word => word.GetProperty("name").GetString() == "matched_profit");
        Assert.Contains(words.GetProperty("filters").EnumerateArray(), word => word.GetProperty("form").GetString() == "date");
    }

    [Fact]
    public async Task The_movies_behind_each_row_of_a_report_add_up_to_its_numbers()
    {
        var rows = (await served.JsonAsync("/api/v1/reports/companies")).GetProperty("data").EnumerateArray().ToList();
        foreach (var row in rows)
        {
            var (year, company) = (row.GetProperty("year").GetInt32(), row.GetProperty("company").GetString()!);
            var response = await served.JsonAsync($"/api/v1/movies?from={year}&to={year}&company={Uri.EscapeDataString(company)}");
            var movies = response.GetProperty("data").EnumerateArray().ToList();
            Assert.Equal(row.GetProperty("releases").GetInt32(), movies.Count);
            foreach (var amount in (string[])["budget", "revenue"])
            {
                var known = movies.Select(movie => movie.GetProperty(amount)).Where(value => value.ValueKind == JsonValueKind.Number).ToList();
                Assert.Equal(row.GetProperty($"{amount}Known").GetInt32(), known.Count);
                Assert.Equal(row.GetProperty(amount).ToString(), known.Count == 0 ? "" : known.Sum(value => value.GetInt64()).ToString(CultureInfo.InvariantCulture));
            }
        }

        Assert.True(rows.Count > 5);
    }

    [Fact]
    public async Task A_dimension_becomes_columns_which_are_the_same_on_every_page()
    {
        const string address = "/api/v1/query?by=year,genre&measure=revenue,releases&pivot=year&where=year>=2000&order=revenue:desc";
        var whole = await served.JsonAsync(address);
        Assert.Equal(
            ["genre", "2000 revenue", "2000 releases", "2001 revenue", "2001 releases"],
            whole.GetProperty("data")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["Drama|350000|2|10000|1", "Comedy|300000|2||0", "Horror||0|8000|1"], await served.RowsAsync(address));
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("data")[2].GetProperty("2000 revenue").ValueKind);
        var page = await served.JsonAsync($"{address}&limit=2");
        Assert.Equal(2, ServedLedger.Rows(page).Length);
        var next = await served.JsonAsync($"{address}&limit=2&cursor={page.GetProperty("meta").GetProperty("next").GetString()}");
        Assert.Equal(ServedLedger.Rows(whole)[2..], ServedLedger.Rows(next));
        Assert.Equal(whole.GetProperty("meta").GetProperty("coverage").ToString(), page.GetProperty("meta").GetProperty("coverage").ToString());
        Assert.Equal(
            "genre,2000,2001\r\nDrama,2,1\r\n",
            await served.TextAsync("/api/v1/query?by=year,genre&measure=releases&pivot=year&where=year>=2000&top=1&format=csv"));
    }

    [Fact]
    public async Task Movies_are_filtered_ordered_and_counted()
    {
        Assert.Equal(["1", "4"], (await served.RowsAsync("/api/v1/movies?where=revenue>=10000&where=company=Bee&order=revenue:desc")).Select(row => row.Split('|')[0]));
        Assert.Equal(["6"], (await served.RowsAsync("/api/v1/movies?where=year is unknown")).Select(row => row.Split('|')[0]));
        Assert.Contains(
            "\"coverage\":{\"movies\":1,\"films\":1,\"undated\":0,\"budgetKnown\":1,\"revenueKnown\":1}",
            await served.TextAsync("/api/v1/movies?where=year is unknown"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_movie_is_returned_with_details_and_history()
    {
        var movie = (await served.JsonAsync("/api/v1/movies/862")).GetProperty("data").GetProperty("movie");
        Assert.Equal(("Toy Story", 7.7m, "Pixar Animation Studios"), (movie.GetProperty("title").GetString(), movie.GetProperty("voteAverage").GetDecimal(), movie.GetProperty("companies")[0].GetProperty("name").GetString()));
        Assert.Contains("\"voteAverage\":7.7,", await served.TextAsync("/api/v1/movies/862"), StringComparison.Ordinal);
        Assert.Equal(20000, (await served.JsonAsync("/api/v1/movies/4?snapshot=1")).GetProperty("data").GetProperty("movie").GetProperty("budget").GetInt64());
        Assert.EndsWith("|changed|budget|20000|60000", (await served.RowsAsync("/api/v1/movies/4/history"))[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(await served.RowsAsync("/api/v1/movies/4/history?snapshot=1"), row => row.Contains("changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_are_found_by_substring()
    {
        Assert.Equal(["Ada|4|2000|2000", "Dora|2|2002|2002", "Pixar Animation Studios|1|1995|1995"], await served.RowsAsync("/api/v1/companies?q=A&order=movies:desc"));
        Assert.Equal(["Dora|2|2002|2002"], await served.RowsAsync("/api/v1/companies?q=dor"));
        Assert.Empty(await served.RowsAsync("/api/v1/companies?q=%25"));
        Assert.Equal(["Animation|1|1995|1995", "Comedy|3|1995|2000"], await served.RowsAsync("/api/v1/genres?limit=2"));
    }

    [Fact]
    public async Task Findings_and_snapshots_are_listed_and_compared()
    {
        var finding = Assert.Single(await served.RowsAsync("/api/v1/findings?kind=reject&rule=invalid-number&file=movies_metadata.csv&movie=9"));
        Assert.EndsWith("|invalid-number|movies_metadata.csv|10|9|budget|GATORADE|1", finding, StringComparison.Ordinal);
        Assert.Equal(["2", "1"], (await served.RowsAsync("/api/v1/snapshots")).Select(row => row.Split('|')[0]));
        Assert.Equal(["1"], (await served.RowsAsync("/api/v1/snapshots?snapshot=1")).Select(row => row.Split('|')[0]));
        Assert.Equal(1, (await served.JsonAsync("/api/v1/snapshots/2")).GetProperty("data").GetProperty("changed").GetInt32());
        Assert.Equal(["changed|4|Movie 4|budget|20000|60000"], await served.RowsAsync("/api/v1/snapshots/1/diff/2"));
        Assert.Equal(["changed|4|Movie 4|budget|60000|20000"], await served.RowsAsync("/api/v1/snapshots/2/diff/1"));
    }

    [Fact]
    public async Task A_server_with_a_snapshot_is_live_and_ready()
    {
        Assert.Equal("""{"status":"live","snapshot":null}""", await served.TextAsync("/health/live"));
        Assert.Equal("""{"status":"ready","snapshot":2}""", await served.TextAsync("/health/ready"));
    }

    [Fact]
    public async Task A_part_of_a_name_is_completed_and_noted()
    {
        var response = await served.JsonAsync("/api/v1/reports/companies?company=pixar");
        Assert.All(ServedLedger.Rows(response), row => Assert.Contains("Pixar Animation Studios", row, StringComparison.Ordinal));
        Assert.Equal("Company: 'pixar' was read as 'Pixar Animation Studios'.", response.GetProperty("meta").GetProperty("notes")[0].GetString());
        var full = await served.JsonAsync("/api/v1/reports/companies?company=PIXAR%20animation%20studios.");
        Assert.Equal(response.GetProperty("data").GetRawText(), full.GetProperty("data").GetRawText());
        Assert.False(full.GetProperty("meta").TryGetProperty("notes", out _));
    }

    [Theory]
    [InlineData("/api/v1/reports/companies?company=Pixr", "company", "company: there is no company 'Pixr'. Did you mean ", "Pixar Animation Studios")]
    [InlineData("/api/v1/query?measure=releases&where=company!=Pixr", "where", "where: there is no company 'Pixr'.", "Pixar Animation Studios")]
    [InlineData("/api/v1/movies?genre=Animtion", "genre", "genre: there is no genre 'Animtion'. Did you mean 'Animation' (", "Animation")]
    public async Task An_unknown_name_is_a_problem_with_candidates(string address, string parameter, string detail, string candidate)
    {
        var (status, problem) = await served.ProblemAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("/problems/bad-parameter", parameter), (problem.GetProperty("type").GetString(), problem.GetProperty("parameter").GetString()));
        Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var candidates = problem.GetProperty("candidates").EnumerateArray().Where(other => other.GetProperty("dimension").GetString() != "studio");
        Assert.Equal(candidate, Assert.Single(candidates).GetProperty("name").GetString());
        Assert.InRange(problem.GetProperty("candidates")[0].GetProperty("movies").GetInt64(), 1, 1_000);
    }

    [Theory]
    [InlineData("/api/v1/reports/companies?from=95", "from: 95 is out of range: use 1870 to 9999.")]
    [InlineData("/api/v1/reports/companies?from=2090", "from: the ledger has no movies of years from 2090; it has movies of ")]
    [InlineData("/api/v1/query?measure=releases&where=genre%3D%3DDrama", "where: 'genre==Drama' has two equals signs; write genre=Drama.")]
    [InlineData("/api/v1/reports/companies?format=exel", "; did you mean xlsx?")]
    public async Task Other_mistakes_are_problems_too(string address, string detail) => Assert.Contains(
        detail, (await served.ProblemAsync(address)).Problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Values_from_a_list_may_be_in_any_letter_case_and_share_a_response()
    {
        Assert.Equal(await served.TextAsync("/api/v1/reports/genres?format=csv&aggregate=median"), await served.TextAsync("/api/v1/reports/genres?format=CSV&aggregate=Median"));
    }

    [Theory]
    [InlineData("/api/v1/nothing", 404, "not-found", null)]
    [InlineData("/api/v1/movies/863", 404, "not-found", null)]
    [InlineData("/api/v1/movies/863/history", 404, "not-found", null)]
    [InlineData("/api/v1/snapshots/9", 404, "not-found", null)]
    [InlineData("/api/v1/snapshots/1/diff/9", 404, "not-found", null)]
    [InlineData("/api/v1/reports/genres?snapshot=9", 404, "not-found", null)]
    [InlineData("/api/v1/movies/x", 400, "bad-parameter", "id")]
    [InlineData("/api/v1/reports/genres?form=1999", 400, "unknown-parameter", "form")]
    [InlineData("/api/v1/reports/genres?from=x", 400, "bad-parameter", "from")]
    [InlineData("/api/v1/reports/genres?from=99999999999999999999", 400, "bad-parameter", "from")]
    [InlineData("/api/v1/reports/genres?from=2000&to=1999", 400, "bad-parameter", "from")]
    [InlineData("/api/v1/reports/genres?from=2000&from=1999", 400, "bad-parameter", "from")]
    [InlineData("/api/v1/reports/genres?genre=", 400, "bad-parameter", "genre")]
    [InlineData("/api/v1/reports/genres?genre=%00", 400, "bad-parameter", "genre")]
    [InlineData("/api/v1/reports/genres?order=money", 400, "bad-parameter", "order")]
    [InlineData("/api/v1/reports/genres?order=year:up", 400, "bad-parameter", "order")]
    [InlineData("/api/v1/reports/genres?limit=0", 400, "bad-parameter", "limit")]
    [InlineData("/api/v1/reports/genres?limit=10001", 400, "bad-parameter", "limit")]
    [InlineData("/api/v1/reports/genres?format=pdf", 400, "bad-parameter", "format")]
    [InlineData("/api/v1/reports/genres?aggregate=mean", 400, "bad-parameter", "aggregate")]
    [InlineData("/api/v1/reports/genres?seen=9", 400, "bad-parameter", "seen")]
    [InlineData("/api/v1/query", 400, "bad-parameter", "measure")]
    [InlineData("/api/v1/query?measure=money", 400, "bad-parameter", "measure")]
    [InlineData("/api/v1/query?measure=releases&by=jear", 400, "bad-parameter", "by")]
    [InlineData("/api/v1/query?measure=releases&where=budget", 400, "bad-parameter", "where")]
    [InlineData("/api/v1/query?measure=releases&where=year=MMXX", 400, "bad-parameter", "where")]
    [InlineData("/api/v1/query?measure=releases&totals=yes", 400, "bad-parameter", "totals")]
    [InlineData("/api/v1/query?measure=releases&by=year,genre&pivot=company", 400, "bad-parameter", "pivot")]
    [InlineData("/api/v1/query?measure=releases&by=year,genre&pivot=jear", 400, "bad-parameter", "pivot")]
    [InlineData("/api/v1/query?measure=rank&by=year,genre&pivot=year&order=rank", 400, "bad-parameter", "order")]
    [InlineData("/api/v1/query?measure=releases&dollars=1066", 400, "bad-parameter", "dollars")]
    [InlineData("/api/v1/query?measure=releases&compare=previous-year", 400, "bad-parameter", "compare")]
    [InlineData("/api/v1/movies?order=money", 400, "bad-parameter", "order")]
    [InlineData("/api/v1/companies?order=money", 400, "bad-parameter", "order")]
    [InlineData("/api/v1/findings?rule=split-records", 400, "bad-parameter", "rule")]
    public async Task Failed_requests_are_problem_documents(string address, int status, string type, string? parameter)
    {
        for (var i = 0; i < 2; i++)
        {
            var (actual, problem) = await served.ProblemAsync(address);
            Assert.Equal(((HttpStatusCode)status, $"/problems/{type}"), (actual, problem.GetProperty("type").GetString()));
            Assert.Equal(parameter, problem.TryGetProperty("parameter", out var named) ? named.GetString() : null);
            Assert.DoesNotContain("--", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.True(problem.GetProperty("detail").GetString()!.Length > 20);
        }
    }

    [Fact]
    public async Task Unsupported_formats_and_methods_are_problems()
    {
        Assert.Equal(HttpStatusCode.NotAcceptable, (await served.ProblemAsync("/api/v1/reports/genres", ("Accept", "image/png"))).Status);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await served.ProblemAsync("/api/v1/movies/862", ("Accept", "text/csv"))).Status);
        using var post = await served.Client.PostAsync("/api/v1/reports/genres", null, Cancel);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (post.StatusCode, post.Content.Headers.ContentType?.MediaType));
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow.Order());
    }
}
