using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Webhooks;

namespace CineLedger.Tests.Web;

/// <summary>Tests webhooks with a real receiver.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Webhooks = "/api/v1/webhooks";
    private readonly WebhookServer _served = new();
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_new_snapshot_is_delivered_once_signed_with_the_secret()
    {
        var (id, secret) = await RegisterAsync(_receiver.Address);
        await _served.LoadAsync(ServedMovies.Third);
        var message = Assert.Single(await _receiver.WaitAsync(1));
        Assert.True(message.IsSignedWith(secret));
        Assert.Equal($"{id}-3", message.Id);
        Assert.InRange(long.Parse(message.Timestamp, System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var body = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal("snapshot.published", body.GetProperty("type").GetString());
        Assert.Equal((3, 1), (body.GetProperty("data").GetProperty("snapshot").GetInt32(), body.GetProperty("data").GetProperty("added").GetInt32()));
        var delivery = await EndedAsync(id);
        Assert.Equal(("delivered", 1, 204), (delivery.GetProperty("state").GetString(), delivery.GetProperty("tries").GetInt32(), delivery.GetProperty("status").GetInt32()));
        Assert.DoesNotContain(secret, await _served.TextAsync(Webhooks) + await _served.TextAsync($"{Webhooks}/{id}"), StringComparison.Ordinal);
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task A_failed_delivery_is_retried_with_the_same_message_and_shown_as_pending()
    {
        _receiver.Answer = n => n < 3 ? 503 : 200;
        var (id, secret) = await RegisterAsync(_receiver.Address, "whsec_" + Convert.ToBase64String(new byte[24]));
        Assert.Equal("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", secret);
        await _served.LoadAsync(ServedMovies.Third);
        var messages = await _receiver.WaitAsync(3);
        Assert.All(messages, message => Assert.True(message.IsSignedWith(secret)));
        Assert.Single(messages.Select(message => (message.Id, message.Body)).Distinct());
        var delivery = await EndedAsync(id);
        Assert.Equal(("delivered", 3), (delivery.GetProperty("state").GetString(), delivery.GetProperty("tries").GetInt32()));
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_abandoned_deliveries_are_shown()
    {
        _receiver.Answer = _ => 307;
        var (id, _) = await RegisterAsync(_receiver.Address);
        await _served.LoadAsync(ServedMovies.Third);
        var delivery = await EndedAsync(id);
        Assert.Equal(("given-up", WebhookServer.MaxTries, 307), (delivery.GetProperty("state").GetString(), delivery.GetProperty("tries").GetInt32(), delivery.GetProperty("status").GetInt32()));
        Assert.Equal("the receiver returned 307, and redirects are not followed", delivery.GetProperty("error").GetString());
        Assert.Equal(WebhookServer.MaxTries, _receiver.Messages.Count);
    }

    [Fact]
    public async Task Pending_deliveries_and_snapshots_published_meanwhile_are_delivered_after_a_restart()
    {
        _receiver.Answer = _ => 500;
        var (id, _) = await RegisterAsync(_receiver.Address);
        await _served.LoadAsync(ServedMovies.Third);
        await _receiver.WaitAsync(1);
        await _served.EndAsync();
        await _served.LoadAsync(ServedMovies.First);
        _receiver.Answer = _ => 200;
        await _served.RestartAsync();
        await Wait.UntilAsync("both snapshots are delivered", () => _receiver.Messages.Select(message => message.Id).Distinct().Count() == 2);

        Assert.Contains($"{id}-4", _receiver.Messages.Select(message => message.Id));
        Assert.All(await DeliveriesAsync(id, ended: 2), delivery => Assert.Equal("delivered", delivery.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_deleted_webhook_gets_no_more_messages()
    {
        var (removed, _) = await RegisterAsync(_receiver.Address);
        var (stays, _) = await RegisterAsync(_receiver.Address);
        using var deleted = await _served.Client.DeleteAsync($"{Webhooks}/{removed}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await _served.LoadAsync(ServedMovies.Third);
        await EndedAsync(stays);
        Assert.Equal([$"{stays}-3"], _receiver.Messages.Select(message => message.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Webhooks}/{removed}")).Status);
        using var again = await _served.Client.DeleteAsync($"{Webhooks}/{removed}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_replaced_secret_signs_messages_beside_the_new_one_until_it_is_replaced_again()
    {
        var (id, first) = await RegisterAsync(_receiver.Address);
        var (second, until) = await RotateAsync(id);
        Assert.InRange(until, DateTime.UtcNow.AddHours(23), DateTime.UtcNow.AddHours(25));
        await _served.LoadAsync(ServedMovies.Third);
        var message = Assert.Single(await _receiver.WaitAsync(1));
        Assert.True(message.IsSignedWith(first) && message.IsSignedWith(second) && message.Signature.Split(' ').Length == 2);
        await EndedAsync(id);

        var (third, _) = await RotateAsync(id);
        await _served.LoadAsync(ServedMovies.First);
        message = (await _receiver.WaitAsync(2))[1];
        Assert.True(!message.IsSignedWith(first) && message.IsSignedWith(second) && message.IsSignedWith(third));
        var shown = await _served.TextAsync($"{Webhooks}/{id}");
        Assert.Contains("previousSecretUntil", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", shown, StringComparison.Ordinal);
        using var unknown = await _served.Client.PostAsync($"{Webhooks}/nothing/rotate", null, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public void The_previous_secret_signs_nothing_after_its_time()
    {
        var now = DateTime.UtcNow;
        var webhook = new CineLedger.Model.Webhook("a", "https://a.example", "new", now, 0) { PreviousSecret = "old", PreviousUntil = now.AddHours(1) };
        Assert.Equal(["new", "old"], webhook.GetSecrets(now));
        Assert.Equal(["new"], webhook.GetSecrets(now.AddHours(1)));
        Assert.Equal(["new"], (webhook with { PreviousSecret = null, PreviousUntil = null }).GetSecrets(now));
    }

    [Fact]
    public async Task A_stalled_receiver_blocks_no_other()
    {
        await using var silent = new SlowSource();
        await RegisterAsync(silent.Address);
        var (id, _) = await RegisterAsync(_receiver.Address);
        await _served.LoadAsync(ServedMovies.Third);
        await silent.Requested.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal("delivered", (await EndedAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_address_that_has_become_private_since_is_refused_at_the_connection()
    {
        var (id, _) = await RegisterAsync(_receiver.Address);
        await _served.EndAsync();
        _served.IsStrict = true;
        await _served.RestartAsync();
        await _served.LoadAsync(ServedMovies.Third);
        var delivery = await EndedAsync(id);
        Assert.Equal("given-up", delivery.GetProperty("state").GetString());
        Assert.Equal("127.0.0.1 is not an address of the public internet", delivery.GetProperty("error").GetString());
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task An_invalid_secret_and_too_many_webhooks_are_errors()
    {
        foreach (var secret in (string[])["short", "whsec_AAAA", "whsec_%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"])
        {
            using var response = await _served.Client.PostAsJsonAsync(Webhooks, new { url = _receiver.Address, secret }, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        for (var i = 0; i < WebhookServer.MaxWebhooks; i++)
        {
            await RegisterAsync(_receiver.Address);
        }

        using var more = await _served.Client.PostAsJsonAsync(Webhooks, new { url = _receiver.Address }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, more.StatusCode);
    }

    [Fact]
    public void Retry_delays_double_vary_and_are_limited()
    {
        var options = new WebhookOptions();
        Assert.InRange(options.GetRetryDelay(1).TotalSeconds, 3.75, 6.25);
        Assert.InRange(options.GetRetryDelay(4).TotalSeconds, 30, 50);
        Assert.InRange(options.GetRetryDelay(1000).TotalHours, 1.5, 2.5);
        Assert.True(Enumerable.Range(0, 10).Select(_ => options.GetRetryDelay(1)).Distinct().Count() > 1);
    }

    private async Task<(string Id, string Secret)> RegisterAsync(string url, string? secret = null)
    {
        using var response = await _served.Client.PostAsJsonAsync(Webhooks, secret is null ? new { url } : (object)new { url, secret }, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        var made = JsonDocument.Parse(text).RootElement.GetProperty("data");
        Assert.Equal($"{Webhooks}/{made.GetProperty("id")}", response.Headers.Location?.ToString());
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    private async Task<(string Secret, DateTime Until)> RotateAsync(string id)
    {
        using var response = await _served.Client.PostAsync($"{Webhooks}/{id}/rotate", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var data = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("data");
        return (data.GetProperty("secret").GetString()!, data.GetProperty("previousSecretUntil").GetDateTime());
    }

    private async Task<JsonElement> EndedAsync(string id) => Assert.Single(await DeliveriesAsync(id, ended: 1));

    /// <summary>Waits until a number of deliveries has ended.</summary>
    private async Task<JsonElement[]> DeliveriesAsync(string id, int ended)
    {
        var deliveries = await Wait.ForAsync(
            $"{ended} deliveries have ended",
            async () => (await _served.JsonAsync($"{Webhooks}/{id}")).GetProperty("data").GetProperty("deliveries"),
            all => all.EnumerateArray().Count(delivery => delivery.GetProperty("endedAt").ValueKind != JsonValueKind.Null) == ended);
        return [.. deliveries.EnumerateArray()];
    }

    private sealed class WebhookServer : InProcessServer
    {
        public const int MaxWebhooks = 3;
        public const int MaxTries = 4;

        public bool IsStrict { get; set; }

        protected override bool IsAdministratorClient => true;

        protected override WebOptions Options => base.Options with
        {
            AllowsPrivateTargets = !IsStrict,
            Webhooks = new() { MaxWebhooks = MaxWebhooks, MaxAttempts = MaxTries, FirstRetryDelay = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(5) },
        };
    }
}
