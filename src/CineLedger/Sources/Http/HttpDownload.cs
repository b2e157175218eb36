using System.Net.Http.Headers;

namespace CineLedger.Sources.Http;

/// <summary>Downloads a file over HTTP.</summary>
internal static class HttpDownload
{
    /// <summary>Downloads the file; see <see cref="Download.RunAsync"/>.</summary>
    public static async Task<Download?> RunAsync(
        SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        using var client = CreateClient(options);
        return await Download.RunAsync(
            place.DisplayName, options, file => new HttpTransfer(client, place, HttpVersion.Parse(knownVersion), file, options), cancellationToken);
    }

    private static HttpClient CreateClient(SourceOptions options)
    {
        // No automatic decompression: Content-Length and Range refer to the bytes as transferred, so the file is saved in that form.
        var handler = PublicNetwork.CreateHandler(options.RequiresPublicHosts);
        handler.ConnectTimeout = options.ConnectTimeout;
        // A large file may take hours. The transfer detects a stalled connection instead.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CineLedger", null));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return client;
    }
}
