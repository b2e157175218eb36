using System.Globalization;
using System.Net;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

public sealed class MetricsTests
{
    private static readonly string[] Genres = ["/api/v1/reports/genres", "/api/v1/reports/genres", "/api/v1/reports/genres"];

    /// <summary>Metrics that a ledger in a file does not have. tests/CineLedger.SystemTests/Deployment checks them.</summary>
    private static readonly string[] PostgresMetrics = ["cineledger_store_up gauge", "cineledger_standby_lag_seconds gauge", "cineledger_standby_missing_bytes gauge"];

    /// <summary>Metrics that a server without streaming does not have. tests/CineLedger.SystemTests/Kafka checks them.</summary>
    private static readonly string[] StreamMetrics =
    [
        "cineledger_changes_behind gauge", "cineledger_changes_published_total counter", "cineledger_stream_lag gauge", "cineledger_stream_messages_total counter", "cineledger_stream_rejected_total counter",
    ];

    [Fact]
    public async Task The_monitoring_page_lists_all_metrics()
    {
        await using var served = new ScheduledServer();
        await served.InitializeAsync();
        await MetricsAsync(served);
        await served.LoadAsync(ServedMovies.Third);
        await served.TextAsync(Genres[0]);
        await served.WaitForScheduleAsync();
        var actual = (await served.TextAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("# TYPE cineledger_", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[2..]))
            .Order(StringComparer.Ordinal);
        var documented = DocumentedTable.Rows("monitoring.md", "cineledger_").Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal);
        Assert.Equal(documented, actual.Concat(PostgresMetrics).Concat(StreamMetrics).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/METRICS")]
    [InlineData("/metrics/")]
    [InlineData("/%6Detrics")]
    [InlineData("/mETRICS/?x=1")]
    public async Task A_public_server_shows_its_metrics_through_a_proxy_only_with_a_key(string address)
    {
        await using var served = new OpenServer();
        await served.InitializeAsync();
        var proxied = ("X-Forwarded-For", "192.0.2.7");
        using var refused = await served.SendAsync(address, proxied);
        using var withKey = await served.SendAsync(address, proxied, ("Authorization", $"Bearer {served.Key}"));
        using var direct = await served.SendAsync(address, ("Test-From", "192.0.2.7"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK), (refused.StatusCode, withKey.StatusCode, direct.StatusCode));
    }

    [Fact]
    public async Task A_server_that_knows_its_proxy_shows_metrics_through_it_only_with_a_key()
    {
        await using var served = new ProxiedOpenServer();
        await served.InitializeAsync();
        using var refused = await served.SendAsync("/metrics", ("X-Forwarded-For", "192.0.2.7"));
        using var direct = await served.SendAsync("/metrics");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, direct.StatusCode));
    }

    [Fact]
    public async Task Requests_are_counted_by_response_origin_and_route()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        await MetricsAsync(served);
        foreach (var address in Genres)
        {
            await served.TextAsync(address);
        }

        using var first = await served.SendAsync(Genres[0]);
        using var again = await served.SendAsync(Genres[0], ("If-None-Match", first.Headers.ETag!.ToString()));
        await served.ProblemAsync("/api/v1/reports/genres?from=never");

        // A server counts a request after its response has arrived.
        var metrics = await Wait.ForAsync("six requests are counted", () => MetricsAsync(served), read => FindGenreRequests(read).Sum(metric => metric.Value) == 6);
        Assert.Equal(1, metrics["cineledger_cache_requests_total{result=\"miss\"}"]);
        Assert.Equal(3, metrics["cineledger_cache_requests_total{result=\"hit\"}"]);
        Assert.Equal(1, metrics["cineledger_cache_requests_total{result=\"not_modified\"}"]);
        Assert.Equal(1, metrics["cineledger_query_duration_seconds_count{resource=\"/api/v1/reports/genres\",result=\"answered\"}"]);
        Assert.Equal(0, metrics["cineledger_queries_running"]);
        Assert.True(metrics["cineledger_cache_size_bytes"] > 500);
        Assert.Equal(
            ["200 4", "304 1", "400 1"],
            FindGenreRequests(metrics)
                .Select(metric => $"{metric.Key.Split("http_response_status_code=\"")[1][..3]} {metric.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_newest_snapshots_age_movies_and_findings_are_measured()
    {
        await using var served = new InProcessServer();
        await served.InitializeAsync();
        var before = await MetricsAsync(served);
        Assert.Equal(2, before["cineledger_snapshot_number"]);
        Assert.Equal(1, before["cineledger_findings{kind=\"reject\",rule=\"invalid-number\"}"]);
        await served.LoadAsync(ServedMovies.Third);
        var after = await MetricsAsync(served);
        Assert.Equal(3, after["cineledger_snapshot_number"]);
        Assert.Equal(11, after["cineledger_snapshot_movies"]);
        Assert.InRange(after["cineledger_snapshot_age_seconds"], 0, 60);
        Assert.Equal(1, after["cineledger_findings{kind=\"reject\",rule=\"invalid-number\"}"]);
        Assert.Equal(8 / 11.0, after["cineledger_amount_coverage_ratio{amount=\"budget\"}"], 9);
        Assert.InRange(after["cineledger_disk_free_bytes{place=\"ledger\"}"], 1, after["cineledger_disk_size_bytes{place=\"ledger\"}"]);
        Assert.True(after["cineledger_load_records_total"] > before.GetValueOrDefault("cineledger_load_records_total"));
    }

    private static IEnumerable<KeyValuePair<string, double>> FindGenreRequests(Dictionary<string, double> metrics) => metrics.Where(metric =>
        metric.Key.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
        && metric.Key.Contains("http_route=\"/api/v1/reports/genres\"", StringComparison.Ordinal));

    private static async Task<Dictionary<string, double>> MetricsAsync(InProcessServer served) => (await served.TextAsync("/metrics")).Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf(' ')].Replace("{}", "", StringComparison.Ordinal),
            line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private sealed class ProxiedOpenServer : InProcessServer
    {
        protected override CineLedger.Web.WebOptions Options => base.Options with { IsPublic = true, IsBehindProxy = true };
    }
}
