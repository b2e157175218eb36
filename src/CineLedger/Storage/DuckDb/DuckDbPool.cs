using System.Collections.Concurrent;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// The pool of a DuckDB file. This process either opens the file exclusively, to read and load at the same time, or only reads it, as other processes
/// may too. All connections belong to one database instance and see each other's commits.
/// </summary>
internal sealed class DuckDbPool : LedgerPool
{
    /// <summary>The maximum number of queries. Each uses all processors, so more at once would only take turns and need more memory.</summary>
    private static readonly int Readers = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>More connections, for short reads and writes by the server itself (events, webhooks, metrics), and for a query that is repeated alone.</summary>
    internal const int ReservedReaders = 3;

    private readonly string _path;
    private readonly bool _readOnly;
    private readonly ConcurrentBag<DuckDBConnection> _idle = [];
    private readonly SemaphoreSlim _free = new(Readers + ReservedReaders);
    private readonly SemaphoreSlim _loading = new(1);
    private readonly SandboxCopy _sqlCopy;
    private readonly Lock _monitoringLock = new();
    private readonly SemaphoreSlim _checking = new(1);
    private DuckDBConnection? _monitoringConnection;
    private DuckDBConnection? _checkConnection;
    private DuckDbLedger? _opened;

    public DuckDbPool(string path, bool readOnly) => (_path, _readOnly, _sqlCopy) = (path, readOnly, new SandboxCopy(this, System.IO.Path.GetFullPath(path)));

    public override string Name => _path;

    public override bool IsReadOnly => _readOnly;

    public override int MaxReaders => Readers;

    private DuckDbLedger Ledger => _opened ?? throw new InvalidOperationException("the pool is not open yet");

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        _opened = _readOnly
            ? await DuckDbLedger.OpenReadOnlyAsync(_path, cancellationToken).ConfigureAwait(false)
            : await DuckDbLedger.OpenExistingAsync(_path, cancellationToken).ConfigureAwait(false);
        await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
        await Ledger.AllowReadersAsync(Newest?.Movies ?? 0, cancellationToken).ConfigureAwait(false);
    }

    private protected override async Task<RentedConnection> ConnectAsync(int? seen, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idle.TryTake(out var connection))
            {
                connection = await Ledger.ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);
            }

            return new RentedConnection(connection, () => ReturnAsync(connection));
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    private protected override async Task<RentedConnection> ConnectToCheckAsync(CancellationToken cancellationToken)
    {
        await _checking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _checkConnection ??= await Ledger.ConnectAnotherAsync(cancellationToken).ConfigureAwait(false);
            return new RentedConnection(_checkConnection, () =>
            {
                _checking.Release();
                return ValueTask.CompletedTask;
            });
        }
        catch
        {
            _checking.Release();
            throw;
        }
    }

    /// <summary>Rents an ordinary connection, because DuckDB allows concurrent changes of different tables.</summary>
    public override Task<RentedConnection> RentWriterAsync(CancellationToken cancellationToken) =>
        _readOnly ? throw CreateReadOnlyException() : RentAsync(null, cancellationToken);

    public override Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken) => OpenForWritingAsync(wait, small: false, cancellationToken);

    public override Task<Ledger> OpenForChangesAsync(CancellationToken cancellationToken) => OpenForWritingAsync(wait: true, small: true, cancellationToken);

    public override async Task<Ledger> OpenForReadingAsync(CancellationToken cancellationToken) =>
        await Ledger.ShareWithLoadAsync(Newest?.Movies ?? 0, small: true, () => ValueTask.CompletedTask, cancellationToken).ConfigureAwait(false);

    private async Task<Ledger> OpenForWritingAsync(bool wait, bool small, CancellationToken cancellationToken)
    {
        if (_readOnly)
        {
            throw CreateReadOnlyException();
        }

        if (!await _loading.WaitAsync(wait ? Timeout.Infinite : 0, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerBusyException($"the ledger {Name} is being loaded; try again later.");
        }

        try
        {
            return await Ledger.ShareWithLoadAsync(Newest?.Movies ?? 0, small, small ? EndChangesAsync : EndLoadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _loading.Release();
            throw;
        }
    }

    public override Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken) => new KeyFile(_path).ListAsync(cancellationToken);

    /// <summary>Returns DuckDB's own statistics. Runs on the caller's thread and on a separate connection, so it does not wait for queries.</summary>
    public override IReadOnlyList<(string Part, long Bytes)> ReadMemory()
    {
        lock (_monitoringLock)
        {
            using var command = (_monitoringConnection ??= Ledger.ConnectForMonitoring()).CreateCommand();
            command.CommandText = "SELECT lower(tag), memory_usage_bytes FROM duckdb_memory() WHERE memory_usage_bytes > 0";
            using var rows = command.ExecuteReader();
            var parts = new List<(string, long)>();
            while (rows.Read())
            {
                parts.Add((rows.GetString(0), rows.GetInt64(1)));
            }

            return parts;
        }
    }

    public override Task<SqlStore> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken) => _sqlCopy.OpenAsync(snapshot, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _sqlCopy.DisposeAsync().ConfigureAwait(false);
        foreach (var connection in _idle)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var connection in (DuckDBConnection?[])[_monitoringConnection, _checkConnection])
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        if (_opened is not null)
        {
            await _opened.DisposeAsync().ConfigureAwait(false);
        }

        _free.Dispose();
        _checking.Dispose();
        _loading.Dispose();
    }

    private ValueTask ReturnAsync(DuckDBConnection connection)
    {
        _idle.Add(connection);
        _free.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends a load, successful or not: readers see what it published and get their threads back.</summary>
    private async ValueTask EndLoadAsync()
    {
        try
        {
            await RefreshAsync(null, CancellationToken.None).ConfigureAwait(false);
            await Ledger.CheckpointIfIdleAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            try
            {
                await Ledger.AllowReadersAsync(Newest?.Movies ?? 0, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                _loading.Release();
            }
        }
    }

    /// <summary>Ends a small change, during which readers keep their threads.</summary>
    private async ValueTask EndChangesAsync()
    {
        try
        {
            await RefreshAsync(null, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _loading.Release();
        }
    }
}
