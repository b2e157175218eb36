using System.Net.Http.Headers;

namespace CineLedger.Sources.Http;

/// <summary>A file fetched over HTTP.</summary>
internal static class HttpDownload
{
    /// <summary>As <see cref="Download.RunAsync"/>.</summary>
    public static async Task<Download?> RunAsync(
        SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        using var client = NewClient(options);
        return await Download.RunAsync(
            place.Shown, options, file => new HttpTransfer(client, place, HttpVersion.Parse(knownVersion), file, options), cancellationToken);
    }

    private static HttpClient NewClient(SourceOptions options)
    {
        // No automatic decompression: what is saved must be the bytes that Content-Length and Range speak of.
        var handler = PublicNetwork.NewHandler(options.PublicHostsOnly);
        handler.ConnectTimeout = options.ConnectTimeout;
        // A large file may take hours; what counts is that it does not stall, which the transfer watches.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CineLedger", null));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return client;
    }
}
