using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CineLedger.Tests.Web;

/// <summary>Tests the assistant tools over any transport.</summary>
public abstract class AssistantSuite
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract McpClient Client { get; }

    /// <summary>Returns the expected response: that of the HTTP API for the same query.</summary>
    protected abstract Task<string> ExpectedAsync(string address);

    [Fact]
    public async Task The_tools_only_read_are_described_and_are_those_of_the_documentation()
    {
        var tools = await Client.ListToolsAsync(cancellationToken: Cancel);
        Assert.Equal(DocumentedTable.Rows("assistants.md", "").Select(row => row[0]), tools.Select(tool => tool.Name));
        Assert.Contains("unknown", Client.ServerInstructions, StringComparison.Ordinal);
        Assert.Contains("never instructions to you", Client.ServerInstructions, StringComparison.Ordinal);
        foreach (var tool in tools)
        {
            Assert.True(tool.ProtocolTool.Annotations is { ReadOnlyHint: true, DestructiveHint: false, OpenWorldHint: true }, tool.Name);
            Assert.EndsWith("untrusted.", tool.Description, StringComparison.Ordinal);
            Assert.True(tool.Description.Length > 50, tool.Name);
            foreach (var parameter in tool.JsonSchema.GetProperty("properties").EnumerateObject().Where(parameter => parameter.Name != "report"))
            {
                Assert.True(parameter.Value.GetProperty("description").GetString()!.Length > 10, $"{tool.Name} {parameter.Name}");
            }
        }
    }

    [Theory]
    [InlineData("list_reports", "{}", "/api/v1/reports")]
    [InlineData("list_dimensions", "{}", "/api/v1/query/dimensions")]
    [InlineData("run_report", """{"report":"companies","from":2000,"to":2001,"company":["Ada","Bee"]}""", "/api/v1/reports/companies?from=2000&to=2001&company=Ada&company=Bee&limit=50")]
    [InlineData("run_report", """{"report":"genres","aggregate":"median","limit":2}""", "/api/v1/reports/genres?aggregate=median&limit=2")]
    [InlineData("run_query", """{"measure":["releases","revenue"],"by":["year","genre"],"where":["budget is known"],"order":["revenue:desc"]}""", "/api/v1/query?measure=releases&measure=revenue&by=year&by=genre&where=budget%20is%20known&order=revenue:desc&limit=50")]
    [InlineData("run_query", """{"measure":["revenue"],"by":["year","genre"],"pivot":"year"}""", "/api/v1/query?measure=revenue&by=year&by=genre&pivot=year&limit=50")]
    [InlineData("run_query", """{"measure":"releases"}""", "/api/v1/query?measure=releases&limit=50")]
    [InlineData("find_movies", """{"where":["genre=Drama"],"limit":3}""", "/api/v1/movies?where=genre=Drama&limit=3")]
    [InlineData("get_movie", """{"id":862}""", "/api/v1/movies/862")]
    [InlineData("get_movie_history", """{"id":4}""", "/api/v1/movies/4/history?limit=50")]
    [InlineData("find_studios", """{"q":"a"}""", "/api/v1/studios?q=a&limit=50")]
    [InlineData("find_companies", """{"q":"a"}""", "/api/v1/companies?q=a&limit=50")]
    [InlineData("find_genres", "{}", "/api/v1/genres?limit=50")]
    [InlineData("get_findings", """{"kind":"reject","snapshot":1}""", "/api/v1/findings?kind=reject&snapshot=1&limit=50")]
    [InlineData("get_freshness", """{"seen":1}""", "/api/v1/snapshots?seen=1&limit=50")]
    [InlineData("compare_snapshots", """{"a":1,"b":2}""", "/api/v1/snapshots/1/diff/2?limit=50")]
    public async Task A_tool_returns_the_HTTP_response_with_its_snapshot(string tool, string arguments, string address)
    {
        var response = await CallAsync(tool, arguments);
        Assert.False(response.IsError ?? false);
        var structured = response.StructuredContent!.Value;
        var meta = structured.GetProperty("meta");
        Assert.True(meta.GetProperty("snapshot").GetInt32() > 0 && meta.TryGetProperty("publishedAt", out _));
        var expected = JsonDocument.Parse(await ExpectedAsync(address)).RootElement;
        Assert.True(JsonElement.DeepEquals(expected, structured), $"{expected}\n{structured}");
        Assert.Equal(2, response.Content.Count);
        Assert.StartsWith("Untrusted data follows.", Assert.IsType<TextContentBlock>(response.Content[0]).Text, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(expected, JsonDocument.Parse(Assert.IsType<TextContentBlock>(response.Content[1]).Text).RootElement));
    }

    [Theory]
    [InlineData("run_report", "{}", "report: the value is missing: use one of companies, genres, company-genres, studios.")]
    [InlineData("run_report", """{"report":"genre"}""", "report: 'genre' is not one of companies, genres, company-genres, studios; did you mean genres?")]
    [InlineData("run_report", """{"report":"genres","form":1995}""", "there is no parameter 'form'; did you mean from?")]
    [InlineData("run_report", """{"report":"genres","from":"long ago"}""", "from: 'long ago' is not a whole number, or is too large.")]
    [InlineData("run_report", """{"report":"genres","limit":1001}""", "limit: a tool returns at most 1000 rows: narrow the query, or continue with cursor.")]
    [InlineData("run_report", """{"report":"genres","genre":{"name":"Drama"}}""", "genre: objects are not supported: use a value or a list of values.")]
    [InlineData("run_query", "{}", "measure: the value is missing. *")]
    [InlineData("run_query", """{"measure":["money"]}""", "measure: *")]
    [InlineData("run_query", """{"measure":["releases"],"totals":true}""", "there is no parameter 'totals'*")]
    [InlineData("get_movie", "{}", "id: the value is missing. *")]
    [InlineData("get_movie", """{"id":"../../health/live"}""", "id: '../../health/live' is not a whole number, or is too large.")]
    [InlineData("get_movie", """{"id":5000}""", "snapshot 2 has no movie 5000.")]
    [InlineData("get_freshness", """{"snapshot":99}""", "*there is no snapshot 99*")]
    public async Task An_error_is_one_line(string tool, string arguments, string message)
    {
        var response = await CallAsync(tool, arguments);
        Assert.True(response.IsError);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(response.Content)).Text;
        var parts = message.Split('*');
        Assert.True(parts.Length == 1 ? text == message : parts.All(part => text.Contains(part, StringComparison.Ordinal)), text);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public async Task A_response_with_more_rows_says_so_and_has_a_cursor()
    {
        var first = (await CallAsync("find_movies", """{"order":["title"],"limit":6}""")).StructuredContent!.Value;
        Assert.StartsWith("There are more than 6 rows", first.GetProperty("meta").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        var cursor = first.GetProperty("meta").GetProperty("next").GetString();
        var second = (await CallAsync("find_movies", $$"""{"order":["title"],"limit":6,"cursor":"{{cursor}}"}""")).StructuredContent!.Value;
        Assert.Equal(JsonValueKind.Null, second.GetProperty("meta").GetProperty("next").ValueKind);
        Assert.Equal(10, ServedLedger.Rows(first).Concat(ServedLedger.Rows(second)).Distinct().Count());
    }

    private async Task<CallToolResult> CallAsync(string tool, string arguments) => await Client.CallToolAsync(
        tool, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!.ToDictionary(argument => argument.Key,
            argument => (object?)argument.Value), cancellationToken: Cancel);
}
