using System.Data.Common;
using System.Globalization;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A copy of the served ledger for users' SQL, created at the first SQL query after a load. It contains the tables of <see cref="SqlTables"/> and nothing
/// else, so that secrets are absent instead of forbidden. SQL runs in another process, which cannot open the served file. See
/// docs/decisions/0021-sql-over-http-reads-a-copy.md.
/// </summary>
/// <param name="pool">The pool of the ledger to copy.</param>
/// <param name="path">The full path of the ledger's file. Copies are created beside it, and processes in other folders open them.</param>
internal sealed class SandboxCopy(DuckDbPool pool, string path) : IAsyncDisposable
{
    private const string Extension = ".sqlcopy";

    private readonly SemaphoreSlim _creationLock = new(1);
    private readonly Lock _usersLock = new();
    private CopyFile? _newest;

    /// <summary>Returns a copy that contains <paramref name="snapshot"/>. Dispose it afterwards.</summary>
    public async Task<SqlStore> OpenAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await _creationLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_newest is null || _newest.Snapshot < snapshot.Id)
            {
                var made = await CreateAsync(cancellationToken).ConfigureAwait(false);
                Release(_newest);
                _newest = made;
            }

            var copy = _newest;
            lock (_usersLock)
            {
                copy.Users++;
            }

            return new SqlStore(copy.Path, () => Release(copy));
        }
        finally
        {
            _creationLock.Release();
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
                File.Delete(file);
                await reader.Connection.ExecuteAsync($"ATTACH '{DuckDbFile.Quote(file)}' AS sql_copy", cancellationToken).ConfigureAwait(false);
                try
                {
                    await CopyAsync(reader.Connection, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Copies the tables in one transaction: a load that ends meanwhile is in the copy completely or not at all.</summary>
    private async Task CopyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var version = await Migrations.ReadVersionAsync(connection, path, cancellationToken).ConfigureAwait(false);
            var newest = await SnapshotRows.FindAsync(connection, null, cancellationToken).ConfigureAwait(false);
            foreach (var table in await SqlTables.ReadAsync(cancellationToken, version).ConfigureAwait(false))
            {
                await connection.ExecuteAsync($"CREATE TABLE sql_copy.{table.Name} AS {SqlTables.BuildQuery(table, "ledger", newest.Id)}", cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
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
