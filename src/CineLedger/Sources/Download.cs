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
    /// <summary>Downloads in as many tries as the options allow.</summary>
    /// <param name="shown">The address, for messages.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="open">Makes the transfer into a file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Null where the server says that it still has the version known.</returns>
    /// <exception cref="LedgerException">It could not be downloaded; the message says what happened last, and how often it was
    /// tried.</exception>
    public static async Task<Download?> RunAsync(
        string shown, SourceOptions options, Func<TemporaryFile, ITransfer> open, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var file = new TemporaryFile(options);
        ITransfer? transfer = null;
        try
        {
            transfer = open(file);
            if (await DownloadRetry.Pipeline(options, shown).ExecuteAsync(transfer.TryAsync, cancellationToken))
            {
                options.Logger.Downloaded(shown, file.Length, clock.Elapsed);
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
                throw new LedgerException(Describe(shown, transfer?.Tries ?? 0, failure), failure);
            throw;
        }
    }

    /// <summary>A failure in one line.</summary>
    public static string Describe(string shown, int count, DownloadFailure failure)
    {
        var tries = count > 1 ? $" ({count} tries)" : "";
        var wait = failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? $" and asks to wait {asked.TotalSeconds:0} s" : "";
        return $"{shown}: cannot be downloaded: {failure.Message}{wait}{tries}. {failure.Advice}";
    }
}
