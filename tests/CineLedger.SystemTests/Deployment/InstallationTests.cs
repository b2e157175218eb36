using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Deployment;

/// <summary>
/// A whole installation, built from its configuration files, and what its users experience when parts of it fail. Each test leaves it intact.
/// CINELEDGER_TEST_ANSWERS sets the number of responses per part under load.
/// </summary>
public sealed class InstallationTests(Installation installation, Datasets datasets) : IClassFixture<Installation>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The number of responses for which each part is observed under load.</summary>
    private static int Watched => int.TryParse(Environment.GetEnvironmentVariable("CINELEDGER_TEST_ANSWERS"), out var answers) ? answers : 400;

    public async ValueTask InitializeAsync()
    {
        if ((await installation.Proxy.GetAsync("/health/ready", Cancel)).StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            var loaded = await installation.LoadAsync(datasets.Movies);
            Assert.True(loaded.ExitCode == 0, loaded.Error);
        }

        await Installation.WaitUntilAsync("a snapshot can be read", async () => (await installation.Proxy.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_proxy_passes_responses_and_streams_but_no_internal_endpoint()
    {
        var report = await installation.Proxy.GetFromJsonAsync<JsonElement>("/api/v1/reports/genres?limit=3", Cancel);
        Assert.Equal(3, report.GetProperty("data").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await installation.Proxy.GetAsync("/metrics", Cancel)).StatusCode);

        // Requests through the proxy do not count as local: every change requires a key.
        Assert.Equal(HttpStatusCode.Unauthorized, (await installation.Proxy.PostAsJsonAsync("/api/v1/loads", new { source = "movies.zip" }, Cancel)).StatusCode);

        // Events arrive immediately, not when a buffer is full.
        var newest = report.GetProperty("meta").GetProperty("snapshot").GetInt32();
        await using var events = await EventReader.OpenAsync(installation.Proxy, $"?since={newest - 1}");
        Assert.Equal(newest, await events.NextIdAsync());
    }

    [Fact]
    public async Task Prometheus_scrapes_every_target_and_the_doctor_finds_no_problem()
    {
        await Installation.WaitUntilAsync("all targets are scraped", async () => (await installation.QueryPrometheusAsync("up{job=\"cineledger\"} == 1")).Length == 3);
        await Installation.WaitUntilAsync("the standby has caught up", async () => (await installation.QueryPrometheusAsync("max(cineledger_standby_lag_seconds)")).SequenceEqual([0.0]));
        foreach (var role in (string[])["primary", "standby"])
        {
            await Installation.WaitUntilAsync($"all nodes reach the {role}", async () => (await installation.QueryPrometheusAsync($"cineledger_store_up{{role=\"{role}\"}} == 1")).Length == 3);
        }

        await Installation.WaitUntilAsync("the coverage of amounts is measured", async () => await installation.QueryPrometheusAsync("max(cineledger_amount_coverage_ratio{amount=\"budget\"})") is [> 0.01 and < 0.99]);
        await Installation.WaitUntilAsync("the watchdog alert fires", async () => (await installation.ReadAlertsAsync()).Contains("Watchdog heartbeat"));

        var doctor = await installation.RunCommandAsync(["doctor"], "node1");
        Assert.True(doctor.ExitCode == 0, doctor.Output);
        foreach (var found in (string[])["as primary, PostgreSQL", "as standby, PostgreSQL", "good     standby", "cineledger_api may read and load.", "the current one.", "good     clock"])
        {
            Assert.Contains(found, doctor.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("bad ", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rolling_restarts_under_load_lose_no_response()
    {
        await using var callers = new LoadGenerator(installation.Proxy.BaseAddress!, 4);
        await callers.WaitForResponsesAsync(Watched / 2);
        foreach (var node in (string[])["node1", "node2"])
        {
            var ended = await installation.EndAsync(node, CineLedgerProcess.Terminate);
            Assert.True(ended.ExitCode == 0, ended.Error);
            await callers.WaitForResponsesAsync(Watched / 4);
            await installation.StartNodeAsync(node);
            using var client = installation.Client(node);
            await Installation.WaitUntilAsync($"{node} is ready", async () => (await client.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode);
            await callers.WaitForResponsesAsync(Watched / 4);
        }

        await callers.EndAsync();
        Assert.Equal([], callers.Failures);
        Assert.True(callers.Responses > 50, $"only {callers.Responses} responses");
        TestContext.Current.TestOutputHelper!.WriteLine($"{callers.Responses} responses, the slowest in {callers.Slowest:0} ms");
    }

    [Fact]
    public async Task A_killed_node_raises_an_alert_and_fails_at_most_its_requests_in_flight()
    {
        await using (var callers = new LoadGenerator(installation.Proxy.BaseAddress!, 4))
        {
            await callers.WaitForResponsesAsync(Watched / 4);
            await installation.EndAsync("node2", CineLedgerProcess.Kill);
            await callers.WaitForResponsesAsync(Watched / 2);
            await callers.EndAsync();
            Assert.True(callers.Failures.Count <= 4, string.Join('\n', callers.Failures));
            Assert.True(callers.Responses > 50, $"only {callers.Responses} responses");
        }

        await Installation.WaitUntilAsync("the team is alerted", async () => (await installation.ReadAlertsAsync()).Contains("CineLedgerNodeDown team"));
        await installation.StartNodeAsync("node2");
        await Installation.WaitUntilAsync("the alert no longer fires", async () => (await installation.QueryPrometheusAsync("ALERTS{alertname=\"CineLedgerNodeDown\",alertstate=\"firing\"}")).Length == 0);
    }

    [Fact]
    public async Task Without_the_primary_reads_continue_loads_fail_and_both_recover()
    {
        await installation.EndAsync("db1", CineLedgerProcess.Interrupt);
        try
        {
            await using var callers = new LoadGenerator(installation.Proxy.BaseAddress!, 2);
            await callers.WaitForResponsesAsync(Watched);
            var load = await installation.LoadAsync(datasets.Clean);
            Assert.Equal(1, load.ExitCode);
            Assert.Contains("cannot be reached", Assert.Single(load.ErrorLines), StringComparison.Ordinal);
            var doctor = await installation.RunCommandAsync(["doctor", "--format", "json"], "node1");
            Assert.Equal(1, doctor.ExitCode);
            var bad = JsonDocument.Parse(doctor.Output).RootElement.GetProperty("data").EnumerateArray()
                .Where(check => check.GetProperty("state").GetString() == "bad").Select(check => check.GetProperty("check").GetString());
            Assert.Contains("primary", bad);
            await callers.EndAsync();
            Assert.Equal([], callers.Failures);
            await Installation.WaitUntilAsync("the on-call engineer is alerted", async () => (await installation.ReadAlertsAsync()).Contains("CineLedgerPrimaryDown on-call"));
        }
        finally
        {
            installation.StartDatabase("db1");
            await installation.WaitForDatabaseAsync("db1");
        }

        var before = (await installation.Proxy.GetFromJsonAsync<JsonElement>("/api/v1/reports/genres?limit=1", Cancel)).GetProperty("meta").GetProperty("snapshot").GetInt32();
        var again = await installation.LoadAsync(before % 2 == 0 ? datasets.Movies : datasets.Clean);
        Assert.True(again.ExitCode == 0, again.Error);
        foreach (var node in (string[])["node1", "node2"])
        {
            using var client = installation.Client(node);
            await Installation.WaitUntilAsync($"{node} has the new snapshot", async () =>
                (await client.GetFromJsonAsync<JsonElement>("/api/v1/reports/genres?limit=1", Cancel)).GetProperty("meta").GetProperty("snapshot").GetInt32() == before + 1);
        }
    }
}
