using System.Data.Common;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>A ledger in one DuckDB file. One process at a time may have it open for writing; see docs/storage.md.</summary>
public sealed class DuckDbLedger : Ledger
{
    private static readonly string AllThreads = FormattableString.Invariant($"SET threads = {Environment.ProcessorCount}");

    private readonly DuckDBConnection _connection;

    /// <summary>The memory for readers in the same process during a load, in bytes; 0 without readers.</summary>
    private readonly long _readerMemory;

    /// <summary>Called after disposal, to return this ledger to its pool; otherwise null.</summary>
    private readonly Func<ValueTask>? _release;

    /// <summary>Null if this ledger is opened for reading.</summary>
    private CheckpointJournal? _journal;

    private DuckDbLedger(string path, DuckDBConnection connection, long readerMemory = 0, Func<ValueTask>? release = null, string? name = null)
    {
        Path = path;
        Name = name ?? path;
        _connection = connection;
        _readerMemory = readerMemory;
        _release = release;
    }

    /// <summary>The opened file: the ledger, or a copy of it.</summary>
    public string Path { get; }

    public override string Name { get; }

    public override DbConnection Connection => _connection;

    /// <summary>
    /// Opens the ledger for writing and creates it if it does not exist. Throws <see cref="LedgerBusyException"/> if another process has it open, and
    /// <see cref="LedgerException"/> if the file is not a ledger.
    /// </summary>
    public static async Task<DuckDbLedger> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new LedgerException($"the folder {folder} does not exist: create it, or name another --store.");
        }

        return await SetUpAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an existing ledger for writing. Throws if there is none.</summary>
    public static Task<DuckDbLedger> OpenExistingAsync(string path, CancellationToken cancellationToken) =>
        DuckDbFile.Exists(path) || Directory.Exists(path) ? SetUpAsync(path, cancellationToken) : throw CreateMissingException(path);

    /// <summary>Opens an existing ledger for reading. Any number of processes can do so while none writes.</summary>
    public static Task<DuckDbLedger> OpenReadOnlyAsync(string path, CancellationToken cancellationToken) =>
        DuckDbFile.Exists(path) || Directory.Exists(path)
            ? CheckAsync(path, ConnectAsync(path, readOnly: true, cancellationToken), cancellationToken)
            : throw CreateMissingException(path);

    /// <summary>Opens a copy of a ledger for reading.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="path">The ledger, for messages.</param>
    /// <param name="release">Called on disposal, when the copy is closed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static Task<DuckDbLedger> OpenCopyAsync(string copy, string path, Func<ValueTask> release, CancellationToken cancellationToken)
    {
        return CheckAsync(path, OpenAsync(), cancellationToken);

        async Task<DuckDbLedger> OpenAsync() =>
            new(copy, await DuckDbFile.ConnectAsync(copy, readOnly: true, cancellationToken).ConfigureAwait(false), release: release, name: path);
    }

    /// <summary>Returns an opened ledger. Throws if the database is not a ledger.</summary>
    private static async Task<DuckDbLedger> CheckAsync(string path, Task<DuckDbLedger> opening, CancellationToken cancellationToken)
    {
        var ledger = await opening.ConfigureAwait(false);
        try
        {
            return await Migrations.ReadVersionAsync(ledger.Connection, path, cancellationToken).ConfigureAwait(false) > 0 ? ledger : throw CreateMissingException(path);
        }
        catch (DuckDBException error)
        {
            // A first load that was interrupted before it created the tables leaves an empty database.
            var tables = await ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM duckdb_tables()", cancellationToken).ConfigureAwait(false);
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw tables is 0L ? CreateMissingException(path) : DuckDbErrors.NotALedger(path, error);
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async Task<LedgerLoad> BeginLoadAsync(long expectedBytes, CancellationToken cancellationToken)
    {
        await AllowLoadMemoryAsync(expectedBytes, cancellationToken).ConfigureAwait(false);
        var links = await ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);
        return await LedgerLoad.BeginAsync(this, links, links, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        // The load is over, so data still in memory is written to the file. Each query gets one thread, because two would take twice the memory.
        await CheckpointAsync(cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync(
            $"""
            {DuckDbFile.LoadThreads};
            SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.LoadLimit, DuckDbMemory.GetGroupingMemory(DuckDbFile.GetSize(Path)))}'
            """,
            cancellationToken).ConfigureAwait(false);
        return await ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<DbConnection> ConnectDuringLoadAsync(CancellationToken cancellationToken) =>
        await ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);

    public override LedgerException? TranslateWriteFailure(Exception failure) =>
        failure is DuckDBException or DuckDbAppendException ? DuckDbErrors.WriteFailed(Path, failure) : null;

    internal override BulkWriter OpenWriter(DbConnection connection, string table) =>
        // A movie is about a kilobyte, so fewer rows are buffered.
        new ChunkAppender(((DuckDBConnection)connection).NativeConnection, table, (table == "movie" ? 4 : 16) * 2048);

    internal override Task PrepareRewriteAsync(CancellationToken cancellationToken) => AllowLoadMemoryAsync(0, cancellationToken);

    internal override async Task PrepareGroupingAsync(CancellationToken cancellationToken) =>
        await _connection.ExecuteAsync(
            $"SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.QueryLimit, DuckDbMemory.GetGroupingMemory(DuckDbFile.GetSize(Path)) + _readerMemory)}'",
            cancellationToken).ConfigureAwait(false);

    /// <summary>Lets the remaining statements, which run one after the other, use all processors, because the load's own threads have ended.</summary>
    internal override async Task CompleteAllAsync(CancellationToken cancellationToken) =>
        await _connection.ExecuteAsync(AllThreads, cancellationToken).ConfigureAwait(false);

    internal override async Task PrepareStreamingAsync(CancellationToken cancellationToken)
    {
        // The settings apply to all connections, and a server keeps those for its readers.
        if (_release is null)
        {
            await _connection.ExecuteAsync(
                $"SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.LoadLimit, _readerMemory)}'; {DuckDbFile.LoadThreads}", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a checkpoint. Deleted rows stay in the file until a checkpoint removes the row groups in which all rows are deleted.</summary>
    internal override Task ReclaimSpaceAsync(CancellationToken cancellationToken) => CheckpointAsync(cancellationToken);

    /// <summary>Refreshes the journal, because a commit may start a checkpoint.</summary>
    internal override Task PrepareCommitAsync(CancellationToken cancellationToken) => _journal?.RefreshAsync(cancellationToken) ?? Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        if (_release is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
            await _release().ConfigureAwait(false);
            return;
        }

        // The last connection to close makes a checkpoint.
        await PrepareCommitAsync(CancellationToken.None).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _journal, null) is { } journal)
        {
            await journal.DisposeAsync().ConfigureAwait(false);
        }

        DuckDbFile.DeleteTemporaryFolders(Path);
    }

    /// <summary>
    /// Lets each query use all processors, and sets the memory for concurrent queries. The settings apply to all connections of the database.
    /// </summary>
    /// <param name="movies">The number of movies in the newest snapshot.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task AllowReadersAsync(long movies, CancellationToken cancellationToken) =>
        await _connection.ExecuteAsync(
            FormattableString.Invariant($"SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.QueryLimit, DuckDbMemory.GetReaderMemory(movies))}'; {AllThreads}"),
            cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Opens the same file again for a load while others read. The load uses one thread, to which queries are then limited too, and the memory limit
    /// covers both. Dispose it before this ledger.
    /// </summary>
    /// <param name="movies">The number of movies in the newest snapshot.</param>
    /// <param name="small">For a few changes, which are too short to limit the threads of queries.</param>
    /// <param name="release">Called when the opened ledger is disposed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task<DuckDbLedger> ShareWithLoadAsync(long movies, bool small, Func<ValueTask> release, CancellationToken cancellationToken)
    {
        var connection = await ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);
        if (!small)
        {
            await connection.ExecuteAsync(DuckDbFile.LoadThreads, cancellationToken).ConfigureAwait(false);
        }

        return new DuckDbLedger(Path, connection, DuckDbMemory.GetReaderMemory(movies), release) { _journal = _journal };
    }

    /// <summary>
    /// Writes data of loads from memory and the write-ahead log to the file, unless another write is in progress. The next load tries again.
    /// </summary>
    internal async Task CheckpointIfIdleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckpointAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DuckDBException)
        {
            // Another write is in progress, for example of a webhook. Committed data is safe in the log.
        }
    }

    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await PrepareCommitAsync(cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync("CHECKPOINT ledger", cancellationToken).ConfigureAwait(false);
    }

    private async Task AllowLoadMemoryAsync(long expectedBytes, CancellationToken cancellationToken)
    {
        var load = Math.Max(DuckDbMemory.LoadLimit, Math.Max(expectedBytes / 5, DuckDbFile.GetSize(Path) / 3));
        await _connection.ExecuteAsync($"SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.LoadLimit, load + _readerMemory)}'", cancellationToken).ConfigureAwait(false);
    }

    internal async Task<DuckDBConnection> ConnectAnotherAsync(CancellationToken cancellationToken)
    {
        var connection = _connection.Duplicate();
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync("USE ledger", cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>Opens a connection for queries that need no table of the ledger.</summary>
    internal DuckDBConnection ConnectForMonitoring()
    {
        var connection = _connection.Duplicate();
        connection.Open();
        return connection;
    }

    private static MissingLedgerException CreateMissingException(string path) => new(DuckDbErrors.DescribeMissing(path));

    /// <summary>Opens a file for writing and upgrades it to the newest schema. Throws if the file has tables but is not a ledger.</summary>
    private static async Task<DuckDbLedger> SetUpAsync(string path, CancellationToken cancellationToken)
    {
        var ledger = await ConnectAsync(path, readOnly: false, cancellationToken).ConfigureAwait(false);
        try
        {
            var foreign = await ledger.Connection.ExecuteScalarAsync(
                "SELECT COUNT(*) > 0 AND COUNT(*) FILTER (table_name = 'ledger_schema') = 0 FROM duckdb_tables()", cancellationToken)
                .ConfigureAwait(false);
            if (foreign is true)
            {
                throw DuckDbErrors.NotALedger(path, null);
            }

            // This process is the only one that writes to the ledger, so whatever belongs to others beside it was left behind, except copies that they read.
            Leftover.Delete(Leftover.FindBeside(path).Where(left => !left.IsReadCopy || !left.HasProcess));
            ledger._journal = await CheckpointJournal.OpenAsync(
                path, await ledger.ConnectAnotherAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await Migrations.ApplyAsync(ledger.Connection, path, DuckDbSchema.Adapt, cancellationToken).ConfigureAwait(false);
            return ledger;
        }
        catch (DuckDBException error)
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.WriteFailed(path, error);
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<DuckDbLedger> ConnectAsync(string path, bool readOnly, CancellationToken cancellationToken) =>
        new(path, await DuckDbFile.ConnectAsync(path, readOnly, cancellationToken).ConfigureAwait(false));
}
