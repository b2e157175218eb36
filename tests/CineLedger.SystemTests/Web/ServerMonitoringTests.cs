using System.Text.Json;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Web;

/// <summary>The metrics and logs of a real server.</summary>
public sealed class ServerMonitoringTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promtool_accepts_the_metrics()
    {
        await using var serve = await ServeAsync();
        using var client = new HttpClient { BaseAddress = serve.Address };

        // Requests are counted from a second after the start, or from the first request for metrics.
        await client.GetStringAsync("/metrics", Cancel);
        await client.GetStringAsync("/api/v1/reports/genres", Cancel);
        await client.GetStringAsync("/api/v1/reports/genres", Cancel);
        using var missing = await client.GetAsync("/nothing", Cancel);
        await using var metrics = await client.GetStreamAsync("/metrics", Cancel);
        await using var promtool = CineLedgerProcess.StartOther(_workspace.Folder, "promtool", ["check", "metrics"], metrics);
        var result = await promtool.WaitAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Output + result.Error));
        var text = await client.GetStringAsync("/metrics", Cancel);
        Assert.Contains("\ncineledger_cache_requests_total{result=\"hit\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/v1/reports/genres\"", text, StringComparison.Ordinal);
        Assert.Equal(text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')])
            .GroupBy(name => name).Where(name => name.Count() > 1), []);
        await EndAsync(serve);
    }

    [Fact]
    public async Task Each_line_of_a_log_in_json_is_an_object_with_the_request_it_belongs_to()
    {
        await using var serve = await ServeAsync("--log-format", "json", "--verbose");
        using var client = new HttpClient { BaseAddress = serve.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reports/genres?from=sesame");
        request.Headers.Add("X-Request-Id", "r-7");
        request.Headers.Add("Authorization", "Basic sesame");
        request.Headers.Add("Cookie", "key=sesame");
        using var response = await client.SendAsync(request, Cancel);
        var lines = (await EndAsync(serve)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("cineledger.duckdb", lines[0].GetProperty("State").GetProperty("Store").GetString());
        var line = Assert.Single(lines, line => line.GetProperty("State").TryGetProperty("RequestId", out var id) && id.GetString() == "r-7");
        Assert.Equal(("/api/v1/reports/genres", 400), (line.GetProperty("State").GetProperty("Path").GetString(), line.GetProperty("State").GetProperty("Status").GetInt32()));
        Assert.Contains(line.GetProperty("Scopes").EnumerateArray(), scope => scope.TryGetProperty("TraceId", out var trace) && trace.GetString()!.Length == 32);
        Assert.DoesNotContain(lines, line => line.ToString().Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_log_is_on_by_default_and_has_fields_in_json()
    {
        await using var serve = await ServeAsync("--log-format", "json", "--allow-sql");
        using var client = new HttpClient { BaseAddress = serve.Address };
        using var sql = new StringContent("SELECT 424242", null, "application/sql");
        using var response = await client.PostAsync("/api/v1/sql", sql, Cancel);
        Assert.True(response.IsSuccessStatusCode);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reports/genres");
        wrong.Headers.Add("X-Api-Key", "cineledger_sesame");
        using var refused = await client.SendAsync(wrong, Cancel);
        var lines = (await EndAsync(serve)).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("Category").GetString() == "CineLedger.Audit").Select(line => line.GetProperty("State")).ToList();
        Assert.Equal(
            ["local", "none", "127.0.0.1", "POST /api/v1/sql", "SELECT 424242", "200"],
            ((string[])["Caller", "Key", "Address", "Action", "Target", "Status"]).Select(name => lines[0].GetProperty(name).ToString()));
        Assert.Equal(("malformed", "127.0.0.1"), (lines[1].GetProperty("Key").GetString(), lines[1].GetProperty("Address").GetString()));
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task An_unknown_log_format_is_a_one_line_error() =>
        Assert.Contains("--log-format: 'xml' is not one of text, json.", Workspace.OneLine(await _workspace.RunAsync("serve", "--log-format", "xml"), 2), StringComparison.Ordinal);

    public void Dispose() => _workspace.Dispose();

    private static async Task<string[]> EndAsync(RunningServer serve)
    {
        serve.Process.Signal(CineLedgerProcess.Terminate);
        var result = await serve.Process.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        return [.. result.ErrorLines];
    }

    private async Task<RunningServer> ServeAsync(params string[] options)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        var process = _workspace.Start(["serve", "--urls", address, .. options]);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, process);
        return new RunningServer(new Uri(address), process);
    }

    private sealed record RunningServer(Uri Address, CineLedgerProcess Process) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
