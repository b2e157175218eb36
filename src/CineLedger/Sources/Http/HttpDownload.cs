using System.Net.Http.Headers;

namespace CineLedger.Sources.Http;

/// <summary>A file fetched over HTTP.</summary>
internal static class HttpDownload
{
    /// <summary>As <see cref="Download.RunAsync"/>.</summary>
    public static async Task<Download?> RunAsync(
        SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        using var client = CreateClient(options);
        return await Download.RunAsync(
            place.DisplayName, options, file => new HttpTransfer(client, place, HttpVersion.Parse(knownVersion), file, options), cancellationToken);
    }

    private static HttpClient CreateClient(SourceOptions options)
    {
        // No automatic decompression: what is saved must be the bytes that Content-Length and Range speak of.
        var handler = PublicNetwork.CreateHandler(options.RequiresPublicHosts);
        handler.ConnectTimeout = options.ConnectTimeout;
        // A large file may take hours; what counts is that it does not stall, which the transfer watches.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CineLedger", null));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return client;
    }
}
