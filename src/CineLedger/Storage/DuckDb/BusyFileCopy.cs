using CineLedger.Model;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Copies a ledger's file while another process has it open for writing. The copy is what a crash of that process would leave: until the next header is
/// written, the blocks that the current one refers to stay in place, the log holds later commits, and the journal holds the blocks that may be half written.
/// A copy during which the header changes is discarded.
/// </summary>
internal static class BusyFileCopy
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Copies the ledger at a path and opens the copy.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="copy">The path of the copy, in a folder that the caller deletes.</param>
    /// <param name="busy">The error when the file cannot be copied: another process has it open.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<DuckDbLedger> OpenAsync(string path, string copy, LedgerBusyException busy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                if (await TryCopyAsync(path, copy, cancellationToken).ConfigureAwait(false))
                {
                    return await DuckDbLedger.OpenExistingAsync(copy, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or DamagedLedgerException)
            {
                // The other process wrote a block or ended meanwhile, or its files cannot be read.
            }

            await Task.Delay(attempt * Pause, cancellationToken).ConfigureAwait(false);
        }

        throw busy;
    }

    /// <summary>Copies the files. Returns false if a checkpoint happened during the copy.</summary>
    private static async Task<bool> TryCopyAsync(string path, string copy, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var before = DuckDbBlocks.ReadHeader(file);
        foreach (var (from, to) in ((string, string)[])[(CheckpointJournal.GetPath(path), CheckpointJournal.GetPath(copy)), (path, copy), ($"{path}.wal", $"{copy}.wal")])
        {
            File.Delete(to);
            if (File.Exists(from))
            {
                await CopyAsync(from, to, cancellationToken).ConfigureAwait(false);
            }
        }

        return DuckDbBlocks.ReadHeader(file).Iteration == before.Iteration;
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (source.ConfigureAwait(false))
        {
            var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
            await using (target.ConfigureAwait(false))
            {
                await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
