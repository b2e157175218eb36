using System.Globalization;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Storage.Snapshots;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A copy of the served ledger's newest snapshot for users' SQL, created at the first SQL query after a load. SQL runs in a separate instance of
/// DuckDB. If that opened the served file, closing it would release the lock that keeps other processes out: a process that closes a file loses all
/// its locks on it (fcntl). See docs/decisions/0021-sql-over-http-reads-a-copy.md.
/// </summary>
/// <param name="pool">The pool of the ledger to copy.</param>
/// <param name="path">The ledger's file. Copies are created beside it.</param>
internal sealed class SandboxCopy(DuckDbPool pool, string path) : IAsyncDisposable
{
    private const string Extension = ".sqlcopy";

    private readonly SemaphoreSlim _creationLock = new(1);
    private readonly Lock _usersLock = new();
    private CopyFile? _newest;

    /// <summary>Opens a copy that contains <paramref name="snapshot"/>. Dispose it afterwards.</summary>
    public async Task<DuckDbLedger> OpenAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await _creationLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        CopyFile copy;
        try
        {
            if (_newest is null || _newest.Snapshot < snapshot.Id)
            {
                var made = await CreateAsync(cancellationToken).ConfigureAwait(false);
                Release(_newest);
                _newest = made;
            }

            copy = _newest;
            lock (_usersLock)
            {
                copy.Users++;
            }
        }
        finally
        {
            _creationLock.Release();
        }

        try
        {
            return await DuckDbLedger.OpenCopyAsync(copy.Path, () => ReturnAsync(copy), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Release(copy);
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Release(_newest);
        _newest = null;
        _creationLock.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<CopyFile> CreateAsync(CancellationToken cancellationToken)
    {
        Leftover.Delete(Leftover.FindBeside(path).Where(left => left.IsAbandoned));
        var reader = await pool.RentAsync(null, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var newest = await SnapshotRows.FindAsync(reader.Connection, null, cancellationToken).ConfigureAwait(false);
            var file = TemporaryPaths.GetBeside(path, string.Create(CultureInfo.InvariantCulture, $"{newest.Id}{Extension}"));
            try
            {
                // COPY FROM DATABASE reads in one transaction, so it contains a concurrently published load completely or not at all.
                File.Delete(file);
                await reader.Connection.ExecuteAsync($"ATTACH '{DuckDbFile.Quote(file)}' AS sql_copy", cancellationToken).ConfigureAwait(false);
                try
                {
                    await reader.Connection.ExecuteAsync("COPY FROM DATABASE ledger TO sql_copy", cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await reader.Connection.ExecuteAsync("DETACH sql_copy", CancellationToken.None).ConfigureAwait(false);
                }

                return new CopyFile(file, newest.Id);
            }
            catch (Exception error)
            {
                Delete(file);
                cancellationToken.ThrowIfCancellationRequested();
                throw error is DuckDBException ? new LedgerException($"{path} cannot be copied for SQL: {DuckDbErrors.GetReason(error)}", error) : error;
            }
        }
    }

    private ValueTask ReturnAsync(CopyFile copy)
    {
        Release(copy);
        return ValueTask.CompletedTask;
    }

    private void Release(CopyFile? copy)
    {
        if (copy is not null)
        {
            lock (_usersLock)
            {
                if (--copy.Users == 0)
                {
                    copy.File.Dispose();
                    Delete(copy.Path);
                }
            }
        }
    }

    private static void Delete(string file)
    {
        File.Delete(file);
        File.Delete($"{file}.wal");
    }

    /// <summary>A copied file with its number of users. It is deleted when the last user is done and a newer copy exists.</summary>
    private sealed class CopyFile(string path, int snapshot)
    {
        public string Path { get; } = path;

        /// <summary>Kept open, which shows other processes that the copy is in use.</summary>
        public FileStream File { get; } = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

        public int Snapshot { get; } = snapshot;

        /// <summary>The number of running statements, plus one while this is the newest copy.</summary>
        public int Users { get; set; } = 1;
    }
}
