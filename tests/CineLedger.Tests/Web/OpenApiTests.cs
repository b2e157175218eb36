using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

public sealed class OpenApiTests(OpenServer served) : IClassFixture<OpenServer>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A change to the API requires a deliberate change to the file beside this test. CINELEDGER_WRITE_OPENAPI=1 regenerates it.</summary>
    [Fact]
    public async Task The_OpenAPI_document_matches_its_snapshot()
    {
        var actual = JsonSerializer.Serialize(await served.JsonAsync("/openapi/v1.json"), Indented) + "\n";
        var file = Repository.GetPath("tests", "CineLedger.Tests", "Web", "openapi.v1.json");
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), actual);
    }

    /// <summary>Checks the main rules of Redocly's recommended set. <c>npx @redocly/cli lint</c> checks all of them.</summary>
    [Fact]
    public async Task The_document_has_what_linters_recommend()
    {
        var document = await served.JsonAsync("/openapi/v1.json");
        Assert.Equal("MIT", document.GetProperty("info").GetProperty("license").GetProperty("identifier").GetString());
        Assert.NotEmpty(document.GetProperty("servers").EnumerateArray());
        var tags = document.GetProperty("tags").EnumerateArray().ToDictionary(tag => tag.GetProperty("name").GetString()!, tag => tag.GetProperty("description").GetString()!);
        Assert.All(tags.Values, description => Assert.EndsWith(".", description, StringComparison.Ordinal));
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        Assert.Equal(operations.Count, operations.Select(operation => operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.All(operation.GetProperty("tags").EnumerateArray(), tag => Assert.Contains(tag.GetString()!, tags));
            var statuses = operation.GetProperty("responses").EnumerateObject().Select(response => response.Name[0]).ToHashSet();
            Assert.Superset(new HashSet<char> { '2', '4' }, statuses);
        });
    }

    [Fact]
    public async Task Every_parameter_and_operation_is_described_and_its_example_works()
    {
        var paths = (await served.JsonAsync("/openapi/v1.json")).GetProperty("paths");
        var operations = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => (Path: path.Name, Method: operation.Name, operation.Value))).ToList();
        Assert.True(operations.Count >= 16);
        foreach (var (path, method, operation) in operations)
        {
            Assert.True(operation.GetProperty("summary").GetString()!.Length > 10, path);
            foreach (var parameter in operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : [])
            {
                var name = parameter.GetProperty("name").GetString()!;
                Assert.True(parameter.GetProperty("description").GetString()!.Length > 10, $"{path} {name}");
                if (parameter.TryGetProperty("example", out var example) && parameter.GetProperty("in").GetString() == "query" && name != "cursor"
                    && method == "get" && path != "/api/v1/events")
                {
                    var value = Uri.EscapeDataString(example.ValueKind == JsonValueKind.Array ? example[0].ToString() : example.ToString());
                    var address = path.Replace("{id}", path.Contains("snapshots", StringComparison.Ordinal) ? "1" : "862", StringComparison.Ordinal)
                        .Replace("{a}", "1", StringComparison.Ordinal).Replace("{b}", "2", StringComparison.Ordinal);
                    var needed = path is "/api/v1/query" or "/api/v1/chart.svg" or "/api/v1/chart.png" && name != "measure" ? $"&measure=releases,revenue&by=year{(name == "pivot" ? ",genre" : "")}" : "";
                    address = name == "by" ? $"{address}?by={value}&measure=releases" : $"{address}?{name}={value}{needed}";
                    using var response = await served.SendAsync(address);

                    // The few movies of the test may leave nothing to draw.
                    Assert.True(response.IsSuccessStatusCode || (path.Contains("/chart.", StringComparison.Ordinal) && response.StatusCode == HttpStatusCode.NotFound), address);
                }
            }
        }
    }
}
