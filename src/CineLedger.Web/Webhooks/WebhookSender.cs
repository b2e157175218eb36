using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Web.Webhooks;

/// <summary>Makes one attempt to send a message.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client;

    public WebhookSender(WebOptions options)
    {
        var handler = PublicNetwork.CreateHandler(publicOnly: !options.AllowsPrivateTargets);

        // A redirect could lead to an address that was not checked.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(1);
        _client = new HttpClient(handler) { Timeout = options.Webhooks.Timeout };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CineLedger", null));
    }

    /// <summary>Returns the status of the response, or null without one, and the error, or null on success.</summary>
    public async Task<(int? Status, string? Error)> SendAsync(Webhook webhook, WebhookPayload message, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{webhook.Id}-{message.Subject}");
        var now = DateTimeOffset.UtcNow;
        var timestamp = now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(webhook.GetSecrets(now.UtcDateTime), id, timestamp, message.Body));
        try
        {
            // The body is not read, because it may be endless.
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : DescribeStatus(response.StatusCode));
        }
        catch (HttpRequestException error)
        {
            return (null, DescribeError(error));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"no response within {_client.Timeout.TotalSeconds:0.#} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string DescribeStatus(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"the receiver returned {(int)status}, and redirects are not followed"
        : $"the receiver returned {(int)status}";

    private static string DescribeError(HttpRequestException error) => error switch
    {
        { InnerException: PrivateAddressException closed } => closed.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError }
            or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } => "the host is unknown",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection: check the receiver's certificate",
        { InnerException: SocketException socket } => $"no connection: {socket.Message}",
        _ => "the connection was lost",
    };
}
