using System.Net;
using CineLedger.Tests.Support;
using CineLedger.Web;

namespace CineLedger.Tests.Web;

/// <summary>New snapshots as server-sent events.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private readonly ListeningServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_listener_is_told_of_each_new_snapshot_what_it_changed()
    {
        await using var events = await EventReader.OpenAsync(_served.Client);
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType?.ToString());
        Assert.True(events.Response.Headers.CacheControl!.NoStore);
        Assert.Equal("2", Assert.Single(events.Response.Headers.GetValues("Ledger-Snapshot")));
        await _served.LoadAsync(ServedFilms.Third);
        var told = (await events.NextAsync())!.Value;
        Assert.Equal((3, 1, 0, 0, 11), (told.GetProperty("snapshot").GetInt32(), told.GetProperty("added").GetInt32(), told.GetProperty("changed").GetInt32(), told.GetProperty("removed").GetInt32(), told.GetProperty("movies").GetInt32()));
        Assert.EndsWith("Z", told.GetProperty("publishedAt").GetString(), StringComparison.Ordinal);
        Assert.False(told.GetProperty("synthetic").GetBoolean());
        await _served.LoadAsync(ServedFilms.Second);
        Assert.Equal(4, await events.NextIdAsync());
    }

    [Fact]
    public async Task Who_comes_back_misses_nothing()
    {
        await _served.LoadAsync(ServedFilms.Third);
        await _served.LoadAsync(ServedFilms.First);
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
    public async Task Many_who_listen_are_all_told_in_order_and_one_who_does_not_read_holds_up_nobody()
    {
        using var idle = await _served.Client.GetAsync("/api/v1/events?since=0", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EventReader.OpenAsync(_served.Client)));
        await _served.LoadAsync(ServedFilms.Third);
        await _served.LoadAsync(ServedFilms.First);
        foreach (var events in all)
        {
            Assert.Equal(3, await events.NextIdAsync());
            Assert.Equal(4, await events.NextIdAsync());
            await events.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_silent_stream_has_heart_beats()
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
    public async Task No_more_may_listen_than_the_server_was_told_and_who_leaves_makes_room()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, ListeningServer.Most).Select(_ => EventReader.OpenAsync(_served.Client)));
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
    public async Task What_cannot_be_resumed_after_is_an_error(string query, string? lastEventId)
    {
        var (status, _) = await _served.ProblemAsync($"/api/v1/events{query}", lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private sealed class ListeningServer : InProcessServer
    {
        public const int Most = 12;

        protected override WebOptions Options => base.Options with { MostListeners = Most, HeartBeat = TimeSpan.FromMilliseconds(50), RequestTime = TimeSpan.FromSeconds(20) };
    }
}
