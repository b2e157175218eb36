using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources;

/// <summary>A download over one or more connections. Each attempt resumes where the previous one stopped.</summary>
internal interface ITransfer
{
    /// <summary>The number of attempts so far.</summary>
    int Attempts { get; }

    /// <summary>The version that is being downloaded; null if the server states none.</summary>
    string? VersionText { get; }

    /// <summary>Fetches the missing bytes. Returns false if the server still has the known version. Throws <see cref="DownloadFailure"/>.</summary>
    ValueTask<bool> AttemptAsync(CancellationToken cancellationToken);
}

/// <summary>A downloaded file. The owner of this object must dispose the temporary file.</summary>
internal sealed record Download(TemporaryFile File, string? Version)
{
    private const int BlockLength = 128 * 1024;

    /// <summary>Downloads with as many attempts as the options allow.</summary>
    /// <param name="displayName">The address, for messages.</param>
    /// <param name="options">Attempts, time limits, progress and log.</param>
    /// <param name="open">Creates the transfer into a file.</param>
    /// <returns>Null if the server still has the known version.</returns>
    /// <exception cref="LedgerException">The download failed. The message describes the last failure and the number of attempts.</exception>
    public static async Task<Download?> RunAsync(
        string displayName, SourceOptions options, Func<TemporaryFile, ITransfer> open, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var file = new TemporaryFile(displayName, options);
        ITransfer? transfer = null;
        try
        {
            transfer = open(file);
            if (await DownloadRetry.CreatePipeline(options, displayName).ExecuteAsync(transfer.AttemptAsync, cancellationToken))
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
                throw new LedgerException(Describe(displayName, transfer?.Attempts ?? 0, failure), failure);
            }

            throw;
        }
    }

    /// <summary>Copies the body of a response to its end, unless the server stalls.</summary>
    /// <param name="body">The body of the response.</param>
    /// <param name="file">The target, which contains what arrived earlier.</param>
    /// <param name="total">The final length in bytes; null if the server states none.</param>
    /// <param name="options">The time limit and the progress callback.</param>
    /// <param name="timeout">Canceled when the server stalls; must also cancel reads from <paramref name="body"/>.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="DownloadFailure">Fewer bytes arrived.</exception>
    /// <exception cref="LedgerException">The source exceeds the size limit or is not part of a dataset.</exception>
    public static async Task CopyBodyAsync(
        Stream body, TemporaryFile file, long? total, SourceOptions options, CancellationTokenSource timeout, CancellationToken cancellationToken)
    {
        file.CheckLength(total ?? 0);
        var block = new byte[BlockLength];
        while (true)
        {
            timeout.CancelAfter(options.StallTimeout);
            var read = await body.ReadAsync(block, timeout.Token);
            if (read == 0)
            {
                break;
            }

            // A slow disk must not count as a stalled server.
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

    /// <summary>Describes a failure in one line.</summary>
    public static string Describe(string displayName, int count, DownloadFailure failure)
    {
        var tries = count > 1 ? $" ({count} attempts)" : "";
        var wait = failure.RetryAfter is { } retryAfter && retryAfter > TimeSpan.Zero ? $" and asked for a wait of {retryAfter.TotalSeconds:0} s" : "";
        return $"{displayName}: cannot be downloaded: {failure.Message}{wait}{tries}. {failure.Advice}";
    }
}
