using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Reads a ledger while another process has its file open for writing, from a copy of the file. The copy is what a crash of that process would leave: until the
/// next header is written, the blocks that the current one refers to stay in place, the log holds later commits, and the journal holds the blocks that may be half
/// written. A copy during which the header changes is discarded. See docs/decisions/0102-working-next-to-a-server.md.
/// </summary>
internal static class BusyFileCopy
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static int _copies;

    /// <summary>Copies the ledger at a path and opens the copy for reading. It is deleted when the returned ledger is disposed.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="busy">The error when the file cannot be copied: another process has it open.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<DuckDbLedger> OpenAsync(string path, LedgerBusyException busy, CancellationToken cancellationToken)
    {
        // Beside the ledger, some file systems copy a file by sharing its blocks.
        var folder = TemporaryPaths.CreateFolderBeside(path, FormattableString.Invariant($"{Interlocked.Increment(ref _copies):x}.copy"));
        try
        {
            var copy = Path.Combine(folder, Path.GetFileName(path));
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (await TryOpenAsync(path, copy, DeleteAsync, cancellationToken).ConfigureAwait(false) is { } ledger)
                {
                    return ledger;
                }

                await Task.Delay(attempt * Pause, cancellationToken).ConfigureAwait(false);
            }

            throw busy;
        }
        catch
        {
            Leftover.Delete(folder);
            throw;
        }

        ValueTask DeleteAsync()
        {
            Leftover.Delete(folder);
            return ValueTask.CompletedTask;
        }
    }

    private static async Task<DuckDbLedger?> TryOpenAsync(string path, string copy, Func<ValueTask> release, CancellationToken cancellationToken)
    {
        try
        {
            return TryCopy(path, copy) ? await DuckDbLedger.OpenCopyAsync(copy, path, release, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DamagedLedgerException)
        {
            // The other process wrote a block or ended meanwhile, or its files cannot be read.
            return null;
        }
    }

    /// <summary>Copies the files. Returns false if a checkpoint happened during the copy.</summary>
    private static bool TryCopy(string path, string copy)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var before = DuckDbBlocks.ReadHeader(file);
        foreach (var (from, to) in ((string, string)[])[(CheckpointJournal.GetPath(path), CheckpointJournal.GetPath(copy)), (path, copy), ($"{path}.wal", $"{copy}.wal")])
        {
            File.Delete(to);
            if (File.Exists(from))
            {
                File.Copy(from, to);
            }
        }

        return DuckDbBlocks.ReadHeader(file).Iteration == before.Iteration;
    }
}
