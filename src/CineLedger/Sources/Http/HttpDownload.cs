using System.Diagnostics;
using System.Net.Http.Headers;
using CineLedger.Model;

namespace CineLedger.Sources.Http;

/// <summary>A file fetched over HTTP into a temporary one, which now belongs to whoever holds this.</summary>
internal sealed record HttpDownload(TemporaryFile File, string? Version)
{
    /// <summary>Downloads in as many tries as the options allow.</summary>
    /// <returns>Null where the server says that it still has the version known.</returns>
    /// <exception cref="LedgerException">It could not be downloaded; the message says what happened last, and how often it was
    /// tried.</exception>
    public static async Task<HttpDownload?> RunAsync(
        SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        using var client = NewClient(options);
        var clock = Stopwatch.StartNew();
        var file = new TemporaryFile(options);
        var transfer = new HttpTransfer(client, place, HttpVersion.Parse(knownVersion), file, options);
        try
        {
            if (await DownloadRetry.Pipeline(options, place.Shown).ExecuteAsync(transfer.TryAsync, cancellationToken))
            {
                options.Logger.Downloaded(place.Shown, file.Length, clock.Elapsed);
                await file.CloseAsync();
                return new HttpDownload(file, transfer.Version?.ToText());
            }
            await file.DisposeAsync();
            return null;
        }
        catch (Exception e)
        {
            await file.DisposeAsync();
            if (e is DownloadFailure failure)
                throw new LedgerException(Describe(place, transfer, failure), failure);
            throw;
        }
    }

    private static string Describe(SourceAddress place, HttpTransfer transfer, DownloadFailure failure)
    {
        var tries = transfer.Tries > 1 ? $" ({transfer.Tries} tries)" : "";
        var wait = failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? $" and asks to wait {asked.TotalSeconds:0} s" : "";
        return $"{place.Shown}: cannot be downloaded: {failure.Message}{wait}{tries}. {failure.Advice}";
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
