using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources;

/// <summary>One download over as many connections as it takes: what has arrived stays, and each try goes on from there.</summary>
internal interface ITransfer
{
    /// <summary>Tries so far.</summary>
    int Tries { get; }

    /// <summary>What tells the version that is being downloaded from others; null where the server says nothing of the kind.</summary>
    string? VersionText { get; }

    /// <summary>Fetches what is missing; false where the server still has the version known. Throws <see cref="DownloadFailure"/>.</summary>
    ValueTask<bool> TryAsync(CancellationToken cancellationToken);
}

/// <summary>A file fetched over a network into a temporary one, which now belongs to whoever holds this.</summary>
internal sealed record Download(TemporaryFile File, string? Version)
{
    private const int BlockLength = 128 * 1024;

    /// <summary>Downloads in as many tries as the options allow.</summary>
    /// <param name="displayName">The address, for messages.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="open">Makes the transfer into a file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Null where the server says that it still has the version known.</returns>
    /// <exception cref="LedgerException">It could not be downloaded; the message says what happened last, and how often it was
    /// tried.</exception>
    public static async Task<Download?> RunAsync(
        string displayName, SourceOptions options, Func<TemporaryFile, ITransfer> open, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var file = new TemporaryFile(options);
        ITransfer? transfer = null;
        try
        {
            transfer = open(file);
            if (await DownloadRetry.CreatePipeline(options, displayName).ExecuteAsync(transfer.TryAsync, cancellationToken))
            {
                options.Logger.Downloaded(displayName, file.Length, clock.Elapsed);
                await file.CloseAsync();
                return new Download(file, transfer.VersionText);
            }
            await file.DisposeAsync();
            return null;
        }
        catch (Exception e)
        {
            await file.DisposeAsync();
            if (e is DownloadFailure failure)
            {
                throw new LedgerException(Describe(displayName, transfer?.Tries ?? 0, failure), failure);
            }

            throw;
        }
    }

    /// <summary>Takes the body of an answer to its end, for as long as the server does not fall silent.</summary>
    /// <param name="body">What comes now.</param>
    /// <param name="file">What has come before is in it.</param>
    /// <param name="total">Bytes that it is to have in the end; null where the server does not say.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="timeout">Cancelled where nothing comes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="DownloadFailure">Fewer bytes arrived.</exception>
    public static async Task CopyBodyAsync(
        Stream body, TemporaryFile file, long? total, SourceOptions options, CancellationTokenSource timeout, CancellationToken cancellationToken)
    {
        var block = new byte[BlockLength];
        while (true)
        {
            timeout.CancelAfter(options.StallTimeout);
            var read = await body.ReadAsync(block, timeout.Token);
            if (read == 0)
            {
                break;
            }

            // A slow disk is not the server's silence.
            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            await file.AppendAsync(block.AsMemory(0, read), cancellationToken);
            options.Progress?.Report(new SourceProgress(file.Length, total));
        }
        if (total is { } all && file.Length != all)
        {
            throw new DownloadFailure($"{file.Length} of {all} bytes arrived",
                "Try again later, or download the file by other means and give its path.", isTransient: true);
        }
    }

    /// <summary>A failure in one line.</summary>
    public static string Describe(string displayName, int count, DownloadFailure failure)
    {
        var tries = count > 1 ? $" ({count} tries)" : "";
        var wait = failure.RetryAfter is { } query && query > TimeSpan.Zero ? $" and asks to wait {query.TotalSeconds:0} s" : "";
        return $"{displayName}: cannot be downloaded: {failure.Message}{wait}{tries}. {failure.Advice}";
    }
}
