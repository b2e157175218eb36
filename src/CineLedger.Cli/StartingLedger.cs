using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli;

/// <summary>Opens a ledger that <c>cineledger up</c>, in another process, may be about to create, as in <c>cineledger up &amp; cineledger report genres</c>.</summary>
internal static class StartingLedger
{
    /// <summary>How long another process that was started at the same time may need to record that it creates the ledger.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Opens a ledger for reading, after its first load if that is running.</summary>
    /// <param name="getStore">Returns the store, which may change when a ledger is created.</param>
    /// <param name="snapshot">The requested snapshot, null for the newest.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<Ledger> OpenAsync(Func<string> getStore, int? snapshot, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var store = getStore();
            var isStarting = IsStarting(store);
            try
            {
                var ledger = await StoreEngine.Get(store).OpenReadOnlyAsync(store, snapshot, cancellationToken);
                if (!isStarting || await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken) is not null)
                {
                    return ledger;
                }

                await ledger.DisposeAsync();
            }
            catch (LedgerBusyException) when (isStarting)
            {
                // A load changes the file while it is copied.
            }
            catch (MissingLedgerException) when (isStarting || Stopwatch.GetElapsedTime(started) < StartTime)
            {
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Waits until the process that loads the ledger serves it or ends. Returns the server, or null without one.</summary>
    public static async Task<ServerFile?> WaitForServerAsync(string file, CancellationToken cancellationToken)
    {
        while (ServerFile.Read(file) is { IsStarting: true })
        {
            await Task.Delay(Pause, cancellationToken);
        }

        return ServerFile.Read(file) is { Address: not null, IsHere: true } server ? server : null;
    }

    private static bool IsStarting(string store) => StoreEngine.Get(store).GetFile(store) is { } file && ServerFile.Read(file) is { IsStarting: true };
}
