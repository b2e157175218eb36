using System.Net;
using CineLedger.Tests.Support;
using CineLedger.Web;

namespace CineLedger.Tests.Web;

/// <summary>Tests server-sent events for new snapshots.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private readonly EventServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task Each_new_snapshot_is_sent_with_its_changes()
    {
        await using var events = await EventReader.OpenAsync(_served.Client);
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType?.ToString());
        Assert.True(events.Response.Headers.CacheControl!.NoStore);
        Assert.Equal("2", Assert.Single(events.Response.Headers.GetValues("Ledger-Snapshot")));
        await _served.LoadAsync(ServedMovies.Third);
        var received = (await events.NextAsync())!.Value;
        Assert.Equal((3, 1, 0, 0, 11), (received.GetProperty("snapshot").GetInt32(), received.GetProperty("added").GetInt32(),
            received.GetProperty("changed").GetInt32(), received.GetProperty("removed").GetInt32(), received.GetProperty("movies").GetInt32()));
        Assert.EndsWith("Z", received.GetProperty("publishedAt").GetString(), StringComparison.Ordinal);
        Assert.False(received.GetProperty("synthetic").GetBoolean());
        await _served.LoadAsync(ServedMovies.Second);
        Assert.Equal(4, await events.NextIdAsync());
    }

    [Fact]
    public async Task A_reconnecting_listener_misses_nothing()
    {
        await _served.LoadAsync(ServedMovies.Third);
        await _served.LoadAsync(ServedMovies.First);
        foreach (var (query, header) in ((string, string?)[])[("?since=1", null), ("", "1"), ("?since=3", "1")])
        {
            await using var events = await EventReader.OpenAsync(_served.Client, query, header);
            foreach (var id in (int[])[2, 3, 4])
            {
                Assert.Equal(id, await events.NextIdAsync());
            }
        }
    }

    [Fact]
    public async Task Many_listeners_get_events_in_order_and_a_stalled_one_blocks_none()
    {
        using var idle = await _served.Client.GetAsync("/api/v1/events?since=0", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EventReader.OpenAsync(_served.Client)));
        await _served.LoadAsync(ServedMovies.Third);
        await _served.LoadAsync(ServedMovies.First);
        foreach (var events in all)
        {
            Assert.Equal(3, await events.NextIdAsync());
            Assert.Equal(4, await events.NextIdAsync());
            await events.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_idle_stream_has_heartbeats()
    {
        using var response = await _served.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        var lines = new List<string?>();
        while (lines.Count(line => line == ": heart-beat") < 2)
        {
            lines.Add(await reader.ReadLineAsync(Cancel));
        }

        Assert.Equal("retry: 2000", lines[0]);
    }

    [Fact]
    public async Task The_listener_limit_is_enforced_and_disconnecting_frees_a_slot()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, EventServer.MaxListeners).Select(_ => EventReader.OpenAsync(_served.Client)));
        var (status, problem) = await _served.ProblemAsync("/api/v1/events");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/too-many-listeners"), (status, problem.GetProperty("type").GetString()));
        await all[0].DisposeAsync();
        await Wait.UntilAsync("another listener is accepted", async () =>
        {
            using var again = await _served.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            return again.IsSuccessStatusCode;
        });

        foreach (var events in all)
        {
            await events.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("?since=x", null)]
    [InlineData("?since=-1", null)]
    [InlineData("?sinse=1", null)]
    [InlineData("", "one")]
    [InlineData("", "99999999999")]
    public async Task An_event_id_that_cannot_be_resumed_is_an_error(string query, string? lastEventId)
    {
        var (status, _) = await _served.ProblemAsync($"/api/v1/events{query}", lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private sealed class EventServer : InProcessServer
    {
        public const int MaxListeners = 12;

        protected override WebOptions Options => base.Options with
        {
            MaxListeners = MaxListeners,
            HeartbeatInterval = TimeSpan.FromMilliseconds(50),
            RequestTimeout = TimeSpan.FromSeconds(20)
        };
    }
}
