using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Web;

/// <summary>Two real servers over one PostgreSQL with a real streaming standby.</summary>
public sealed class NodeTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private readonly Workspace _other = new();
    private PostgresServer? _primary;
    private PostgresServer? _standby;
    private string _store = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Standby => _standby!.Address(_store.Split('/')[^1]);

    private string Both => $"postgres://postgres@127.0.0.1:{_primary!.Port},127.0.0.1:{_standby!.Port}/{_store.Split('/')[^1]}";

    public async ValueTask InitializeAsync()
    {
        _primary = await PostgresServer.StartNewAsync();
        _store = await _primary.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", _store);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var server in (PostgresServer?[])[_standby, _primary])
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        _workspace.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Both_nodes_announce_a_new_snapshot_and_one_delivers_the_webhook()
    {
        _standby = await _primary!.StartStandbyAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var first = await ServeProcess.StartAsync(_workspace, "--store", _store, "--read-store", Both, "--allow-private-targets", "--load-from", Path.GetDirectoryName(datasets.Clean)!);
        await using var second = await ServeProcess.StartAsync(_other, "--store", _store, "--read-store", Both, "--allow-private-targets");
        await using var firstEvents = await EventReader.OpenAsync(first.Client);
        await using var secondEvents = await EventReader.OpenAsync(second.Client);
        var hook = await second.PostAsync("/api/v1/webhooks", new { url = receiver.Address });

        using var done = new CancellationTokenSource();
        var asking = new[] { first, second }.Select(async node =>
        {
            var seen = new List<(int Snapshot, string Query, string Data)>();
            for (var round = 0; !done.IsCancellationRequested; round++)
            {
                var query = $"/api/v1/reports/companies?from={1900 + (round % 100)}&limit=50";
                var response = await node.JsonAsync(query);
                seen.Add((response.GetProperty("meta").GetProperty("snapshot").GetInt32(), query, response.GetProperty("data").GetRawText()));
            }

            return seen;
        }).ToList();
        for (var snapshot = 2; snapshot <= 4; snapshot++)
        {
            var load = await first.LoadAsync(new { source = Path.GetFileName(snapshot % 2 == 0 ? datasets.Clean : datasets.Movies), accept = Workspace.AnyContent.Split(',') });
            Assert.True(load.GetProperty("state").GetString() == "published", load.ToString());

            Assert.Equal(snapshot, await firstEvents.NextIdAsync());
            Assert.Equal(snapshot, await secondEvents.NextIdAsync());
        }

        await done.CancelAsync();
        foreach (var answers in await Task.WhenAll(asking))
        {
            Assert.Equal(answers.Select(response => response.Snapshot).Order(), answers.Select(response => response.Snapshot));
            foreach (var (snapshot, query, data) in answers.Where((_, i) => i % 5 == 0))
            {
                Assert.Equal((await second.JsonAsync($"{query}&snapshot={snapshot}")).GetProperty("data").GetRawText(), data);
            }
        }

        var messages = await receiver.WaitAsync(3);
        Assert.Equal([2, 3, 4], messages.Select(message => int.Parse(message.Id.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(messages, message => Assert.True(message.IsSignedWith(hook.GetProperty("secret").GetString()!)));

        // The other node lists the deliveries too, since both read them from the store.
        Assert.Equal(3, (await first.GetAsAdministratorAsync($"/api/v1/webhooks/{hook.GetProperty("id")}")).GetProperty("deliveries").GetArrayLength());
        Assert.Equal(0, (await first.EndAsync()).ExitCode);
        Assert.Equal(0, (await second.EndAsync()).ExitCode);
        Assert.Equal(3, receiver.Messages.Count);
    }

    [Fact]
    public async Task A_client_that_sends_the_seen_snapshot_never_gets_an_older_one()
    {
        _standby = await _primary!.StartStandbyAsync(delay: "1h");
        await using var ahead = await ServeProcess.StartAsync(_workspace, "--store", _store);
        await using var both = await ServeProcess.StartAsync(_other, "--store", _store, "--read-store", Both);
        using var otherWorkspace = new Workspace();
        await using var behind = await ServeProcess.StartAsync(otherWorkspace, "--store", _store, "--read-store", Standby);
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
        await using var events = await EventReader.OpenAsync(ahead.Client, "?since=1");
        Assert.Equal(2, await events.NextIdAsync());

        for (var i = 0; i < 6; i++)
        {
            // The lagging standby is skipped each time that its turn comes.
            var response = await both.JsonAsync($"/api/v1/reports/genres?seen=2&limit={10 + i}");
            Assert.Equal(2, response.GetProperty("meta").GetProperty("snapshot").GetInt32());
        }

        // A new key reaches the standby only after an hour, but is accepted at once.
        var key = (await _workspace.RunSuccessfullyAsync("keys", "create", "just-now", "--store", _store)).Output.Trim().Split('\n')[^1];
        using var keyed = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reports/genres") { Headers = { { "X-Api-Key", key } } };
        using var welcome = await behind.Client.SendAsync(keyed, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, welcome.StatusCode);

        // Without another server to read from, the request fails rather than return an older snapshot.
        using var refused = await behind.Client.GetAsync("/api/v1/reports/genres?seen=2", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("/problems/behind", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(1, (await behind.JsonAsync("/api/v1/reports/genres")).GetProperty("meta").GetProperty("snapshot").GetInt32());
    }
}
