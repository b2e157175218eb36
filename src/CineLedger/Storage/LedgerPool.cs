using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Snapshots;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage;

/// <summary>The ledger of a server: many clients read it at once, even during a load.</summary>
public abstract class LedgerPool : IAsyncDisposable
{
    private readonly Lock _advanceLock = new();
    private volatile Snapshot? _newest;
    private int _rented;

    /// <summary>The ledger's location for messages: a file, or an address without its password.</summary>
    public abstract string Name { get; }

    /// <summary>The newest readable snapshot; null if none has been published. It never goes back to an older one.</summary>
    public Snapshot? Newest => _newest;

    /// <summary>The number of connections in use.</summary>
    public int Rented => _rented;

    /// <summary>
    /// The number of connections for the requests of a server, which waits when all of them are in use. The pool has more, for short reads by the server
    /// itself.
    /// </summary>
    public abstract int MaxReaders { get; }

    /// <summary>Returns the memory that the store uses in this process, in bytes per purpose; empty if the store is another process.</summary>
    public virtual IReadOnlyList<(string Part, long Bytes)> ReadMemory() => [];

    /// <summary>Raised after <see cref="Newest"/> has changed, in the order of the snapshots. Handlers must be quick and must not throw.</summary>
    public event Action<Snapshot>? Published;

    /// <summary>
    /// Opens the ledger at an address. Throws <see cref="LedgerException"/> if there is none.
    /// </summary>
    public static async Task<LedgerPool> OpenAsync(
        string store, string? readStore, bool readOnly, ILogger logger, CancellationToken cancellationToken)
    {
        var pool = Create(store, readStore, readOnly, logger);
        try
        {
            await pool.OpenAsync(cancellationToken).ConfigureAwait(false);
            return pool;
        }
        catch
        {
            await pool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Creates a pool without opening it, so that the caller can do other work meanwhile. Not usable before
    /// <see cref="OpenAsync(CancellationToken)"/> has completed.
    /// </summary>
    /// <param name="store">A DuckDB file, or an address of PostgreSQL.</param>
    /// <param name="readStore">Where to read from instead, for example PostgreSQL standbys; null for the store.</param>
    /// <param name="readOnly">Disables loads, so that other processes can read the same file.</param>
    /// <param name="logger">Logs servers that become available or unavailable.</param>
    public static LedgerPool Create(string store, string? readStore, bool readOnly, ILogger logger) =>
        StoreEngine.Get(readStore ?? store).CreatePool(store, readStore ?? store, readOnly, logger);

    /// <summary>
    /// Reads the newest snapshot and, if other processes can publish, starts watching for new ones. Throws <see cref="LedgerException"/> if there is no
    /// ledger.
    /// </summary>
    public abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Rents a connection until it is disposed. Waits if all are in use.</summary>
    /// <param name="seen">
    /// A snapshot that must be readable: servers that lag behind it are skipped, and <see cref="StaleReplicaException"/> is thrown if all do. Null for
    /// any state.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<RentedConnection> RentAsync(int? seen, CancellationToken cancellationToken)
    {
        var reader = await ConnectAsync(seen, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _rented);
        reader.Returned = () => Interlocked.Decrement(ref _rented);
        return reader;
    }

    /// <summary>
    /// Opens the ledger for one load or another change; dispose it afterwards. If another load is running, waits if <paramref name="wait"/> is set and
    /// otherwise throws <see cref="LedgerBusyException"/>. Throws <see cref="UsageException"/> if the pool is read-only.
    /// </summary>
    public abstract Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken);

    /// <summary>Opens the ledger for a few changes of single movies. Waits while another load or change is running.</summary>
    public abstract Task<Ledger> OpenForChangesAsync(CancellationToken cancellationToken);

    /// <summary>Opens the ledger on a connection of its own, to copy from it; dispose it afterwards. Loads and other readers continue.</summary>
    public abstract Task<Ledger> OpenForReadingAsync(CancellationToken cancellationToken);

    /// <summary>Reads the current keys that servers of this ledger accept.</summary>
    public abstract Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads the keys from the primary, for a key that a standby may not have yet. Returns null if keys are read from the primary anyway or if it does
    /// not respond.
    /// </summary>
    public virtual Task<IReadOnlyList<AccessKey>?> ReadKeysFromPrimaryAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AccessKey>?>(null);

    /// <summary>
    /// Returns what one SQL statement of a user reads, which another process opens. Dispose it afterwards.
    /// </summary>
    /// <param name="snapshot">The snapshot that must be readable.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public abstract Task<SqlStore> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Returns why SQL of other users is refused, or what it puts at risk, in one line; null if there is nothing to say.</summary>
    public virtual Task<string?> CheckSqlAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// Rents a connection that can write small tables, for example webhooks, which a load does not lock. On PostgreSQL it connects to the primary.
    /// Throws <see cref="UsageException"/> if the pool is read-only.
    /// </summary>
    public abstract Task<RentedConnection> RentWriterAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns the clock that all processes sharing the ledger agree on: the database's or, for a file, this process's.
    /// </summary>
    /// <param name="connection">A connection from <see cref="RentWriterAsync"/>.</param>
    /// <param name="own">This process's clock.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public virtual Task<TimeProvider> ReadClockAsync(DbConnection connection, TimeProvider own, CancellationToken cancellationToken) => Task.FromResult(own);

    /// <summary>Whether the pool was opened read-only.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>Checks for a newer snapshot without waiting for a notification. Returns the newest.</summary>
    /// <param name="seen">A snapshot known to be published; see <see cref="RentAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<Snapshot?> RefreshAsync(int? seen, CancellationToken cancellationToken)
    {
        var reader = await RentAsync(seen, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await AdvanceAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return Newest;
    }

    /// <summary>
    /// Reads the newest snapshot on a connection that nothing else uses, so it does not wait for queries. Returns the newest; throws if the store cannot be
    /// read.
    /// </summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<Snapshot?> CheckReadableAsync(CancellationToken cancellationToken)
    {
        var reader = await ConnectToCheckAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await AdvanceAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return Newest;
    }

    /// <summary>Returns the status of the database servers, the primary first, and how far standbys lag behind; empty for a file.</summary>
    /// <param name="timeout">The timeout for each server.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public virtual Task<IReadOnlyList<StoreHost>> GetHostStatusAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoreHost>>([]);

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<RentedConnection> ConnectAsync(int? seen, CancellationToken cancellationToken);

    /// <summary>Returns the connection reserved for <see cref="CheckReadableAsync"/>, to a server that has the newest snapshot.</summary>
    private protected abstract Task<RentedConnection> ConnectToCheckAsync(CancellationToken cancellationToken);

    private protected UsageException CreateReadOnlyException() => new($"the ledger {Name} was opened read-only (--read-only) and cannot be changed here.");

    private protected async Task AdvanceAsync(RentedConnection reader, CancellationToken cancellationToken) =>
        Advance(await SnapshotRows.FindLatestAsync(reader.Connection, cancellationToken).ConfigureAwait(false));

    private void Advance(Snapshot? found)
    {
        lock (_advanceLock)
        {
            if (found is not null && (_newest is null || found.Id > _newest.Id))
            {
                _newest = found;
                Published?.Invoke(found);
            }
        }
    }
}

/// <summary>A connection rented from a pool. Disposing it returns it.</summary>
public sealed class RentedConnection : IAsyncDisposable
{
    private readonly Func<ValueTask> _return;

    internal RentedConnection(DbConnection connection, Func<ValueTask> release) => (Connection, _return) = (connection, release);

    public DbConnection Connection { get; }

    internal Action? Returned { get; set; }

    public ValueTask DisposeAsync()
    {
        Returned?.Invoke();
        return _return();
    }
}
