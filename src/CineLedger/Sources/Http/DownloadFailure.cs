using System.Net.Sockets;

namespace CineLedger.Sources.Http;

/// <summary>A failed attempt to download.</summary>
/// <param name="reason">What happened, without the address: <c>the server returned 404 (Not Found)</c>.</param>
/// <param name="isTransient">True if the same request may succeed soon.</param>
internal sealed class DownloadFailure(string reason, string advice, bool isTransient, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>What the user can do.</summary>
    public string Advice => advice;

    public bool IsTransient => isTransient;

    /// <summary>The delay that the server requests (Retry-After); null if it requests none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static DownloadFailure FromStatus(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var reason = $"the server returned {status} ({response.ReasonPhrase})";
        var retryAfter = response.Headers.RetryAfter;
        return status switch
        {
            401 or 403 => new(reason, "Check the user, the password or the signature in the address; a signed address expires.", false),
            429 or >= 500 => new(reason, "Try again later.", true)
            {
                RetryAfter = retryAfter?.Delta ?? (retryAfter?.Date - DateTimeOffset.UtcNow),
            },
            _ => new(reason, "Check the address.", false),
        };
    }

    public static DownloadFailure FromException(Exception e)
    {
        const string advice = "Check the address and the network, or download the file by other means and give its path.";
        return e switch
        {
            { InnerException: PrivateAddressException closed } => new(closed.Message, "Use a source on the public internet.", false, e),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or
                HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } => new("the host is unknown", advice, true, e),
            // Certificate errors are not transient.
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new($"no secure connection: {(e.InnerException ?? e).Message.TrimEnd('.')}", "Check the server's certificate.", false, e),
            HttpRequestException { InnerException: SocketException socket } => new($"no connection: {socket.Message}", advice, true, e),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or
                HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => new("the connection was cut", advice, true, e),
            _ => new($"the connection failed: {(e.InnerException ?? e).Message.TrimEnd('.')}", advice, true, e),
        };
    }

    public static DownloadFailure FromTimeout(string reason) =>
        new(reason, "Check the address and the network, or try again later.", true);
}
