using System.Net.Http.Json;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>Tests a server with a load schedule, on a clock that advances by months in seconds.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ScheduledServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        _served.Write(ServedMovies.Third);
        await _served.WaitForScheduleAsync();
    }

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_due_load_runs_once_and_is_recorded_and_shown()
    {
        await _served.AdvanceAsync(10 * Day, Day);
        Assert.Empty(await _served.LoadsAsync());
        _served.Time.SetUtcNow(new(2024, 6, 1, 5, 59, 50, TimeSpan.Zero));
        var load = Assert.Single(await _served.AdvanceUntilEndedAsync(1));
        Assert.Equal(("published", 3, "schedule", 1), (Text(load, "state"), load.GetProperty("snapshot").GetInt32(), Text(load, "trigger"), load.GetProperty("attempt").GetInt32()));
        Assert.Equal(new DateTime(2024, 6, 1, 6, 0, 0), load.GetProperty("dueAt").GetDateTime());
        Assert.Equal(3, (await _served.JsonAsync("/health/ready")).GetProperty("snapshot").GetInt32());
        await _served.AdvanceAsync(20 * Day, Day);
        Assert.Single(await _served.LoadsAsync());
        _served.Time.SetUtcNow(new(2024, 7, 1, 6, 0, 1, TimeSpan.Zero));
        Assert.Equal(["unchanged", "published"], (await _served.AdvanceUntilEndedAsync(2)).Select(one => Text(one, "state")));
    }

    [Fact]
    public async Task Times_that_were_missed_while_no_server_ran_are_caught_up_once_and_a_changed_schedule_replays_nothing()
    {
        await _served.EndAsync();
        _served.Time.SetUtcNow(new(2024, 9, 10, 0, 0, 0, TimeSpan.Zero));
        await _served.RestartAsync();
        var load = Assert.Single(await _served.AdvanceUntilEndedAsync(1));
        Assert.Equal(new DateTime(2024, 9, 1, 6, 0, 0), load.GetProperty("dueAt").GetDateTime());
        await _served.EndAsync();
        _served.Cron = "0 7 1 * *";
        _served.Time.SetUtcNow(new(2024, 12, 24, 0, 0, 0, TimeSpan.Zero));
        await _served.RestartAsync();
        await _served.AdvanceAsync(3 * Day, Day);
        Assert.Single(await _served.LoadsAsync());
    }

    [Fact]
    public async Task A_failing_load_is_retried_with_backoff_reported_by_webhook_and_leaves_the_server_ready()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var made = await _served.Client.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Address, events = new[] { "load.failed" } }, Cancel);
        var webhook = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("data");
        File.Delete(_served.Source);
        _served.Time.SetUtcNow(new(2024, 6, 1, 6, 0, 0, TimeSpan.Zero));
        var failed = await _served.AdvanceUntilEndedAsync(3);
        Assert.Equal([3, 2, 1], failed.Take(3).Select(load => load.GetProperty("attempt").GetInt32()));
        Assert.All(failed, load => Assert.Contains("no such file", Text(load, "error"), StringComparison.Ordinal));
        Assert.InRange((failed[0].GetProperty("startedAt").GetDateTime() - failed[1].GetProperty("endedAt").GetDateTime()).TotalSeconds, 120, 200);
        Assert.Equal("ready", Text(await _served.JsonAsync("/health/ready"), "status"));
        Assert.True(await MetricAsync("cineledger_schedule_lag_seconds") >= 180);
        Assert.True(await MetricAsync("cineledger_loads_total{result=\"failed\",trigger=\"schedule\"}") >= 3);

        _served.Write(ServedMovies.Third);
        Assert.Equal("published", Text((await _served.AdvanceUntilEndedAsync(4))[0], "state"));
        await _served.AdvanceAsync(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));
        Assert.Equal(0, await MetricAsync("cineledger_schedule_lag_seconds"));

        var message = JsonDocument.Parse((await receiver.WaitAsync(3))[0].Body).RootElement;
        Assert.Equal(("load.failed", "failed", "schedule"), (Text(message, "type"), Text(message.GetProperty("data"), "state"), Text(message.GetProperty("data"), "trigger")));
        Assert.All(receiver.Messages, one => Assert.True(one.IsSignedWith(Text(webhook, "secret")) && !one.Body.Contains("snapshot.published", StringComparison.Ordinal)));
        var delivery = (await _served.JsonAsync($"/api/v1/webhooks/{Text(webhook, "id")}")).GetProperty("data").GetProperty("deliveries")[0];
        Assert.Contains(Text(delivery, "load"), failed.Select(load => Text(load, "id")));
    }

    [Fact]
    public async Task A_gated_load_is_reported_and_not_retried_before_its_next_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var made = await _served.Client.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Address, events = new[] { "load.gated", "snapshot.published" } }, Cancel);
        _served.Write([ServedMovies.First[0]]);
        _served.Time.SetUtcNow(new(2024, 6, 1, 6, 0, 0, TimeSpan.Zero));
        Assert.Equal("gated", Text(Assert.Single(await _served.AdvanceUntilEndedAsync(1)), "state"));
        Assert.Contains("load.gated", (await receiver.WaitAsync(1))[0].Body, StringComparison.Ordinal);
        await _served.AdvanceAsync(10 * Day, Day);
        Assert.Single(await _served.LoadsAsync());
        Assert.Equal(2, _served.Pool.Newest!.Id);
        await _served.LoadAsync(ServedMovies.Third);
        Assert.Contains("snapshot.published", (await receiver.WaitAsync(2))[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_the_server_stops_and_records_the_load_and_the_next_server_loads_at_once()
    {
        await using (var slow = new SlowSource())
        {
            await _served.EndAsync();
            _served.Source = slow.Address;
            await _served.RestartAsync();
            _served.Time.SetUtcNow(new(2024, 6, 1, 6, 0, 0, TimeSpan.Zero));
            await _served.AdvanceUntilAsync("the source receives a request", () => Task.FromResult(slow.Requested.IsCompleted));
            using var refused = await _served.Client.PostAsJsonAsync("/api/v1/loads", new { source = slow.Address }, Cancel);
            Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
            await _served.EndAsync();
        }

        Assert.Equal(2, _served.Pool.Newest!.Id);
        await _served.RestartAsync();
        var loads = await _served.AdvanceUntilEndedAsync(2);
        Assert.Equal(["1 cancelled", "2 failed"], loads.Select(load => $"{load.GetProperty("attempt")} {Text(load, "state")}").Order().Take(2));
    }

    [Fact]
    public async Task A_canceled_load_is_not_retried_before_its_next_time()
    {
        await using var slow = new SlowSource();
        await _served.EndAsync();
        _served.Source = slow.Address;
        await _served.RestartAsync();
        _served.Time.SetUtcNow(new(2024, 6, 1, 6, 0, 0, TimeSpan.Zero));
        await _served.AdvanceUntilAsync("the source receives a request", () => Task.FromResult(slow.Requested.IsCompleted));
        var id = Text(Assert.Single(await _served.LoadsAsync()), "id");
        using var canceled = await _served.Client.DeleteAsync($"/api/v1/loads/{id}", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, canceled.StatusCode);
        var ended = Assert.Single(await _served.AdvanceUntilEndedAsync(1));
        Assert.Equal(("cancelled", "it was canceled by analyst; nothing was published."), (Text(ended, "state"), Text(ended, "error")));
        await _served.AdvanceAsync(10 * Day, Day);
        Assert.Single(await _served.LoadsAsync());
    }

    [Fact]
    public async Task Loads_are_paginated_without_gaps_or_repeats_and_filtered_by_state()
    {
        File.Delete(_served.Source);
        _served.Time.SetUtcNow(new(2024, 6, 1, 6, 0, 0, TimeSpan.Zero));
        await _served.AdvanceUntilEndedAsync(4);
        var all = (await _served.LoadsAsync("?limit=1000")).Select(load => Text(load, "id")).ToList();
        var paged = new List<string>();
        for (var query = "?limit=2"; ;)
        {
            var page = await _served.JsonAsync($"/api/v1/loads{query}");
            paged.AddRange(page.GetProperty("data").EnumerateArray().Select(load => Text(load, "id")));
            if (page.GetProperty("meta").GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            query = $"?limit=2&cursor={next}";
            Assert.Equal("/problems/bad-cursor", Text((await _served.ProblemAsync($"/api/v1/loads?outcome=failed&cursor={next}")).Problem, "type"));
        }

        Assert.Equal(all, paged);
        Assert.Equal(4, (await _served.LoadsAsync("?outcome=failed")).Length);
        Assert.Equal("/problems/bad-cursor", Text((await _served.ProblemAsync("/api/v1/loads?cursor=abc")).Problem, "type"));
        Assert.Equal("/problems/bad-parameter", Text((await _served.ProblemAsync("/api/v1/loads?outcome=good")).Problem, "type"));
    }

    [Theory]
    [InlineData("snapshot.gone")]
    [InlineData(null)]
    public async Task Unknown_webhook_events_are_refused(string? message)
    {
        using var response = await _served.Client.PostAsJsonAsync("/api/v1/webhooks", new { url = "http://127.0.0.1:1", events = message is null ? [] : new[] { message } }, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("snapshot.published, load.failed, load.gated", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string Text(JsonElement at, string name) => at.GetProperty(name).GetString() ?? "";

    private async Task<double> MetricAsync(string name) => double.Parse(
        (await _served.TextAsync("/metrics")).Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
