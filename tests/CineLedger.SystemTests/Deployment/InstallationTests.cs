using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
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
        foreach (var spelling in (string[])["/metrics", "/METRICS", "/metrics/", "/Metrics//", "//metrics", "/%6detrics", "/metrics%2F", "/x/../metrics", "/metrics?x=1"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await GetRawStatusAsync(spelling));
        }

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
        foreach (var found in (string[])["as primary, PostgreSQL", "as standby, PostgreSQL", "good     standby", "cineledger_api may read but not load", "the current one.", "good     clock"])
        {
            Assert.Contains(found, doctor.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("bad ", doctor.Output, StringComparison.Ordinal);
    }

    /// <summary>The rights of a node that an attacker has taken over: it knows only its own password, which permits only reading.</summary>
    [Fact]
    public async Task Each_service_has_one_secret_that_does_what_the_service_does()
    {
        string[] services = ["init", "first-load", "loader", "node1", "node2", "db2"];
        var secrets = services.ToDictionary(service => service, service => Assert.Single(installation.ReadSecrets(service)).Value);
        Assert.Equal(4, secrets.Values.Distinct().Count());
        Assert.Equal((secrets["first-load"], secrets["node1"]), (secrets["loader"], secrets["node2"]));
        Assert.All(secrets.Values, secret => Assert.Single(secret.Trim().Split('\n')));
        Assert.All(installation.ReadSecretModes(), mode => Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)));

        var load = await installation.RunCommandAsync(["load", datasets.Clean, "--accept", Workspace.AnyContent], "node1");
        Assert.True(load.ExitCode == 1 && load.Error.Contains("permission denied", StringComparison.Ordinal), load.Error);
        Assert.Equal(1, (await installation.RunCommandAsync(["keys", "create", "intruder", "--administrator"], "node1")).ExitCode);
        Assert.Equal(1, (await installation.RunCommandAsync(["init", "--roles"], "loader")).ExitCode);
        Assert.Equal(0, (await installation.RunCommandAsync(["report", "genres", "--limit", "1"], "node1")).ExitCode);
    }

    [Fact]
    public async Task Changes_go_through_the_proxy_to_the_loader()
    {
        var key = (await installation.RunCommandAsync(["keys", "create", $"tests-{Guid.NewGuid():N}", "--administrator"], "loader")).Output.Trim();
        using var client = installation.Client("nginx");
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var registered = await client.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://8.8.8.8/hook", events = (string[])["load.gated"] }, Cancel);
        Assert.True(registered.StatusCode == HttpStatusCode.Created, await registered.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(registered.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(registered.Headers.Location, Cancel)).StatusCode);

        using var movie = new StringContent("{\"id\": 9000001, \"title\": \"Pushed\"}\n", System.Text.Encoding.UTF8, "application/x-ndjson");
        var pushed = await client.PostAsync("/api/v1/movies", movie, Cancel);
        Assert.True(pushed.IsSuccessStatusCode, await pushed.Content.ReadAsStringAsync(Cancel));
        using var node = installation.Client("node1");
        node.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var refused = await node.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://8.8.8.8/hook" }, Cancel);
        Assert.False(refused.IsSuccessStatusCode, "a node, which may only read, has registered a webhook");
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

    /// <summary>Sends a path as it is: HttpClient would normalize it.</summary>
    private async Task<HttpStatusCode> GetRawStatusAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(installation.Proxy.BaseAddress!.Host, installation.Proxy.BaseAddress.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: movies.example\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        return (HttpStatusCode)int.Parse((await reader.ReadLineAsync(Cancel))!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
