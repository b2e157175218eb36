using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CineLedger.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Tests.Web;

/// <summary>A received message.</summary>
public sealed record ReceivedMessage(string Id, string Timestamp, string Signature, string Body)
{
    /// <summary>Checks the signature as docs/freshness.md requires of a receiver.</summary>
    public bool IsSignedWith(string secret)
    {
        var hash = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}"));
        return Signature.Split(' ').Contains($"v1,{Convert.ToBase64String(hash)}");
    }
}

/// <summary>A receiver of webhooks: a real server on the loopback interface with configurable responses.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    /// <summary>Returns the status code for the n-th message, counted from 1.</summary>
    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    public string Address => $"{_app.Urls.First()}/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until a number of messages has arrived.</summary>
    public async Task<ReceivedMessage[]> WaitAsync(int count)
    {
        await Wait.UntilAsync($"{count} messages have arrived", () => Messages.Count >= count);
        return [.. Messages];
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Messages.Enqueue(new(http.Request.Headers["webhook-id"]!, http.Request.Headers["webhook-timestamp"]!, http.Request.Headers["webhook-signature"]!, body));
        http.Response.StatusCode = Answer(Messages.Count);
        http.Response.Headers.Location = "/elsewhere";
    }
}
