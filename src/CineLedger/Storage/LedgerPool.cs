using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Snapshots;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage;

/// <summary>A ledger that many read at once, while it is loaded too: what stands behind a server.</summary>
public abstract class LedgerPool : IAsyncDisposable
{
    private readonly Lock _advanceLock = new();
    private volatile Snapshot? _newest;
    private int _rented;

    /// <summary>Where it is, for messages: a file, or an address without its password.</summary>
    public abstract string Name { get; }

    /// <summary>The newest snapshot that can be read here; null where none was ever published. It never goes back.</summary>
    public Snapshot? Newest => _newest;

    /// <summary>Connections that somebody has at the moment.</summary>
    public int Rented => _rented;

    /// <summary>What the store holds of this process's memory, in bytes, by what for; nothing where it is another process.</summary>
    public virtual IReadOnlyList<(string Part, long Bytes)> ReadMemory() => [];

    /// <summary>Raised after <see cref="Newest"/> has moved on, in the order of the snapshots. Handlers must be quick and not throw.</summary>
    public event Action<Snapshot>? Published;

    /// <summary>
    /// Opens the ledger that an address names. Throws <see cref="LedgerException"/> where there is none.
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

    /// <summary>The same in two steps, so that other things can be done while it opens: nothing is asked of it before <see cref="OpenAsync(CancellationToken)"/> is done.</summary>
    /// <param name="store">A DuckDB file, or an address of PostgreSQL.</param>
    /// <param name="readStore">Where to read from in place of the store: several PostgreSQL hosts, standbys for one; null for the store.</param>
    /// <param name="readOnly">Never loads; so other processes may read the same file.</param>
    /// <param name="logger">Hears of servers that come and go.</param>
    public static LedgerPool Create(string store, string? readStore, bool readOnly, ILogger logger) =>
        StoreEngine.Get(readStore ?? store).CreatePool(store, readStore ?? store, readOnly, logger);

    /// <summary>Reads the newest snapshot, and begins to watch for others where they may come from outside. Throws as above.</summary>
    public abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>A connection of one's own until it is disposed; waits where all are in use.</summary>
    /// <param name="seen">
    /// A snapshot that has to be there: a server that lags behind it is passed over, and <see cref="StaleReplicaException"/> thrown where all
    /// do. Null for any state.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RentedConnection> RentAsync(int? seen, CancellationToken cancellationToken)
    {
        var reader = await ConnectAsync(seen, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _rented);
        reader.Returned = () => Interlocked.Decrement(ref _rented);
        return reader;
    }

    /// <summary>
    /// The ledger for one load, or another change; dispose it when that is done. Throws <see cref="LedgerBusyException"/> while it is being
    /// loaded already, unless it is to <paramref name="wait"/>, and <see cref="UsageException"/> where it was opened to be read only.
    /// </summary>
    public abstract Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken);

    /// <summary>The same for a few changes of single movies, when nobody else writes; it waits for that.</summary>
    public abstract Task<Ledger> OpenForChangesAsync(CancellationToken cancellationToken);

    /// <summary>The keys that a server of this ledger takes, as they are now.</summary>
    public abstract Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The same from where keys are made, for one that is not among those: a standby may not have it yet. Null where what is read is that already, or
    /// where it does not answer.
    /// </summary>
    public virtual Task<IReadOnlyList<AccessKey>?> ReadKeysOfPrimaryAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AccessKey>?>(null);

    /// <summary>
    /// The ledger for one statement of a user, apart from what readers and loads use; dispose it after that.
    /// </summary>
    /// <param name="snapshot">Has to be there.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public abstract Task<Ledger> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>
    /// A connection for small tables beside the movies, webhooks for one, which a load does not lock. On PostgreSQL it is the primary's.
    /// Throws <see cref="UsageException"/> where the ledger was opened to be read only.
    /// </summary>
    public abstract Task<RentedConnection> RentWriterAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The clock that all who share the ledger agree on, whatever their own: the database's, for a file this process's own.
    /// </summary>
    /// <param name="connection">Of <see cref="RentWriterAsync"/>.</param>
    /// <param name="own">This process's.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public virtual Task<TimeProvider> ReadClockAsync(DbConnection connection, TimeProvider own, CancellationToken cancellationToken) => Task.FromResult(own);

    /// <summary>Whether it was opened to be read only.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>Looks whether there is a newer snapshot, without waiting to be told; returns the newest.</summary>
    /// <param name="seen">One that is known to have been published; see <see cref="RentAsync"/>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<Snapshot?> RefreshAsync(int? seen, CancellationToken cancellationToken)
    {
        var reader = await RentAsync(seen, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await AdvanceAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return Newest;
    }

    /// <summary>Looks at the servers that the ledger lies on, the primary first, and says how far standbys are behind; none for a file.</summary>
    /// <param name="patience">How long each is waited for.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public virtual Task<IReadOnlyList<StoreHost>> GetHostStatusAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoreHost>>([]);

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<RentedConnection> ConnectAsync(int? seen, CancellationToken cancellationToken);

    private protected UsageException CreateReadOnlyException() => new($"the ledger {Name} was opened to be read only (--read-only): it cannot be changed here.");

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

/// <summary>A connection that is somebody's own for a while.</summary>
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
