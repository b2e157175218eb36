using System.Net;
using System.Text;

namespace CineLedger.Tests.Web;

/// <summary>Tests what all responses have in common: formats, pagination, freshness.</summary>
public abstract class ResponseSuite(ServedLedger served)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Companies = "/api/v1/reports/companies";

    public static TheoryData<string, string, string> Formats => new()
    {
        { "json", "application/json", "{\"data\":[{\"year\":2000," },
        { "ndjson", "application/x-ndjson", "{\"year\":2000," },
        { "csv", "text/csv", "year,company,releases" },
        { "md", "text/markdown", "| year |" },
        { "parquet", "application/vnd.apache.parquet", "PAR1" },
        { "arrow", "application/vnd.apache.arrow.file", "ARROW1" },
        { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_format_can_be_requested_by_name_and_by_media_type(string format, string mediaType, string beginning)
    {
        using var byWord = await served.SendAsync($"{Companies}?format={format}");
        using var byType = await served.SendAsync(Companies, ("Accept", $"image/png, {mediaType};q=0.9, */*;q=0.1"));
        foreach (var response in (HttpResponseMessage[])[byWord, byType])
        {
            Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
            var body = await response.Content.ReadAsByteArrayAsync(Cancel);
            Assert.StartsWith(beginning, Encoding.UTF8.GetString(body), StringComparison.Ordinal);
            Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        }
    }

    [Theory]
    [InlineData("/api/v1/reports/companies", "csv", "csv", "?from=2000&company=Ada")]
    [InlineData("/api/v1/reports/genres", "JSON", "json", "")]
    [InlineData("/api/v1/reports/company-genres", "jsonl", "ndjson", "?limit=2")]
    [InlineData("/api/v1/reports/studios", "md", "md", "")]
    [InlineData("/api/v1/query", "parquet", "parquet", "?by=year&measure=revenue")]
    [InlineData("/api/v1/movies", "arrow", "arrow", "?snapshot=1")]
    [InlineData("/api/v1/snapshots/1/diff/2", "csv", "csv", "")]
    public async Task An_extension_of_the_path_selects_the_format(string path, string extension, string format, string query)
    {
        var address = $"{path}.{extension}{query}";
        using var plain = await served.SendAsync($"{path}?{query.TrimStart('?')}{(query.Length > 0 ? "&" : "")}format={format}");
        using var first = await served.SendAsync(address, ("Accept", "image/png"));
        using var repeated = await served.SendAsync(address, ("Accept", "image/png"));
        foreach (var response in (HttpResponseMessage[])[first, repeated])
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(await plain.Content.ReadAsByteArrayAsync(Cancel), await response.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal(plain.Headers.ETag, response.Headers.ETag);
            Assert.Equal(plain.Content.Headers.ToString(), response.Content.Headers.ToString());
        }

        using var unchanged = await served.SendAsync(address, ("If-None-Match", plain.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/reports/companies.pdf", HttpStatusCode.NotFound, "there is no format with the extension .pdf: use .json, .ndjson, .jsonl, .csv, .parquet, .arrow, .feather, .xlsx, .md.")]
    [InlineData("/api/v1/reports/companies.csv?format=csv", HttpStatusCode.BadRequest, "format: the extension of the path selects the format: omit one of them.")]
    [InlineData("/api/v1/reports/companies.csv?form=csv", HttpStatusCode.BadRequest, "form")]
    [InlineData("/api/v1/reports/company.csv", HttpStatusCode.NotFound, "there is nothing at /api/v1/reports/company.csv")]
    public async Task A_wrong_extension_is_refused(string address, HttpStatusCode status, string detail)
    {
        var (actual, problem) = await served.ProblemAsync(address);
        Assert.Equal(status, actual);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_add_up_to_the_whole_and_the_last_has_no_next()
    {
        var whole = await served.RowsAsync($"{Companies}?order=releases:desc");
        var rows = new List<string>();
        var address = $"{Companies}?order=releases:desc&limit=2";
        for (var cursor = ""; cursor is not null;)
        {
            using var response = await served.SendAsync(cursor.Length > 0 ? $"{address}&cursor={cursor}" : address);
            var page = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
            rows.AddRange(ServedLedger.Rows(page));
            cursor = page.GetProperty("meta").GetProperty("next").GetString();
            Assert.Equal(cursor is not null, response.Headers.TryGetValues("Link", out var links));
            Assert.True(cursor is null || links!.Single() == $"</api/v1/reports/companies?cursor={cursor}&limit=2&order=releases%3Adesc>; rel=\"next\"", links?.SingleOrDefault());
        }

        Assert.Equal(whole, rows);
        Assert.True(whole.Length > 4);
    }

    [Fact]
    public async Task A_limited_file_links_to_the_rest_and_an_unlimited_one_is_whole()
    {
        using var first = await served.SendAsync($"{Companies}?format=csv&limit=3");
        var next = first.Headers.GetValues("Link").Single();
        var rest = await served.TextAsync(next[1..next.IndexOf('>', StringComparison.Ordinal)].Replace("limit=3", "limit=100", StringComparison.Ordinal));
        var head = await first.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(await served.TextAsync($"{Companies}?format=csv"), head + rest[(rest.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task An_invalid_or_foreign_cursor_is_refused()
    {
        var cursor = (await served.JsonAsync($"{Companies}?limit=1")).GetProperty("meta").GetProperty("next").GetString()!;
        string[] wrong =
        [
            $"{Companies}?cursor={cursor}&from=2001", $"/api/v1/reports/genres?cursor={cursor}", $"{Companies}?cursor={cursor[..^1]}A", $"{Companies}?cursor=x",
            $"{Companies}?cursor={cursor}&snapshot=1",
        ];
        foreach (var address in wrong)
        {
            var (status, problem) = await served.ProblemAsync(address);
            Assert.Equal((HttpStatusCode.BadRequest, "/problems/bad-cursor"), (status, problem.GetProperty("type").GetString()));
        }

        Assert.Equal(2, (await served.RowsAsync($"{Companies}?limit=2&cursor={cursor}&aggregate=sum")).Length);
    }

    [Fact]
    public async Task A_response_states_its_freshness_and_is_not_sent_again()
    {
        using var first = await served.SendAsync(Companies);
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal("2", first.Headers.GetValues("Ledger-Snapshot").Single());
        Assert.Equal("public, no-cache", string.Join(", ", first.Headers.GetValues("Cache-Control")).Replace("no-cache, public", "public, no-cache", StringComparison.Ordinal));
        Assert.NotNull(first.Content.Headers.LastModified);
        for (var i = 0; i < 3; i++)
        {
            using var again = await served.SendAsync(Companies, ("If-None-Match", $"\"other\", {tag}"));
            Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag!.ToString()));
            Assert.Equal("2", again.Headers.GetValues("Ledger-Snapshot").Single());
        }

        using var other = await served.SendAsync($"{Companies}?from=2001", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Equivalent_queries_share_one_ETag()
    {
        string[] ways =
        [
            $"{Companies}?from=2000&to=2001&company=Ada", $"{Companies}?company=Ada&to=2001&from=2000", $"{Companies}?company=Ada&to=2001&from=2000&aggregate=sum&format=json",
        ];
        var tags = new HashSet<string>();
        foreach (var way in ways)
        {
            using var response = await served.SendAsync(way);
            tags.Add(response.Headers.ETag!.ToString());
        }

        Assert.Single(tags);
        using var csv = await served.SendAsync($"{ways[0]}&format=csv");
        Assert.DoesNotContain(csv.Headers.ETag!.ToString(), tags);
    }

    [Fact]
    public async Task A_permalink_always_returns_the_same_response_which_may_be_cached_forever()
    {
        var link = (await served.JsonAsync($"{Companies}?company=Bee")).GetProperty("meta").GetProperty("permalink").GetString()!;
        Assert.Equal("/api/v1/reports/companies?company=Bee&snapshot=2", link);
        using var response = await served.SendAsync(link);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", (await served.SendAsync($"{Companies}?company=Bee&snapshot=1")).Headers.GetValues("Ledger-Snapshot").Single());
        Assert.NotEqual(await served.RowsAsync(link), await served.RowsAsync($"{Companies}?company=Bee&snapshot=1"));
    }

    [Fact]
    public async Task A_client_that_saw_an_older_snapshot_gets_the_changes_since()
    {
        using var older = await served.SendAsync($"{Companies}?snapshot=1");
        var byTag = await (await served.SendAsync(Companies, ("If-None-Match", older.Headers.ETag!.ToString()))).Content.ReadAsStringAsync(Cancel);
        foreach (var text in (string[])[byTag, await served.TextAsync($"{Companies}?seen=1")])
        {
            Assert.Contains("\"since\":{\"snapshot\":1,\"newer\":true,\"snapshots\":1,\"added\":0,\"changed\":1,\"removed\":0}", text, StringComparison.Ordinal);
        }

        Assert.Contains("\"since\":{\"snapshot\":2,\"newer\":false,", await served.TextAsync($"{Companies}?seen=2"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"since\":{", await served.TextAsync(Companies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_response_has_only_the_headers()
    {
        using var get = await served.SendAsync(Companies);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, Companies);
            using var head = await served.Client.SendAsync(request, Cancel);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        }
    }
}
