using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage;

/// <summary>A ledger that is open in one of the engines: what an engine does in its own way. All else is SQL that they share.</summary>
public abstract class Ledger : IAsyncDisposable
{
    /// <summary>Where it is, for messages: a file, or an address without its password.</summary>
    public abstract string Name { get; }

    /// <summary>The connection on which all statements run; not for use from two threads at once.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Another connection to the ledger, for a report file written at the same time as others. Dispose it before the ledger.</summary>
    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Begins a load, of which nobody sees anything until it is published.</summary>
    /// <param name="expectedBytes">Bytes of the dataset's movies, as far as known: the memory for the load may depend on it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public abstract Task<LedgerLoad> BeginLoadAsync(long expectedBytes, CancellationToken cancellationToken);

    /// <summary>Makes the roles of the engine's that may load and that may only read, where it has such. Throws where it has none.</summary>
    public virtual Task CreateRolesAsync(CancellationToken cancellationToken) =>
        throw new UsageException($"--roles: {Name} is a file, which the system's own permissions protect; roles are PostgreSQL's.");

    /// <summary>Makes what a first load else makes at its end, so that who loads need not own the tables.</summary>
    public virtual Task CreateIndexesAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A failure of the store while it was written, in one line that says what to do. Null where the store is not to blame.</summary>
    public abstract LedgerException? TranslateWriteFailure(Exception failure);

    /// <summary>The engine's bulk way into a table, on a connection of this ledger.</summary>
    internal abstract BulkWriter OpenWriter(DbConnection connection, string table);

    /// <summary>
    /// Whether a reader may see one part of a transaction before another, so that rows have to be there before what makes them visible.
    /// </summary>
    internal virtual bool PublishesSeparately => false;

    /// <summary>Tells whoever listens, in the transaction that publishes, of a new snapshot.</summary>
    internal virtual Task AnnounceAsync(int snapshotId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Makes the keys and statistics that tables lack, within the transaction that brought their rows in. Asked only of an engine that gives
    /// a load three connections.
    /// </summary>
    internal virtual Task CompleteAsync(DbConnection connection, TableGroup tables, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The same for all tables, for when rows are in them already and nobody looks at them yet.</summary>
    internal virtual Task CompleteAllAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before rows that are in the ledger are moved or deleted in bulk: the memory for it may depend on the ledger's size.</summary>
    internal virtual Task PrepareRewriteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before whole tables are read once, from the first row to the last: what was read need not be kept.</summary>
    internal virtual Task PrepareStreamingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For when many rows were deleted: lets the engine use their room again, where it does not see to that by itself.</summary>
    internal virtual Task ReclaimSpaceAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before a transaction that was begun on a connection of this ledger is committed.</summary>
    internal virtual Task PrepareCommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does something in a transaction of its own on <see cref="Connection"/>: all of it, or nothing where it fails.</summary>
    internal async Task RunInTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await work().ConfigureAwait(false);
            await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits a transaction that was begun on a connection of this ledger.</summary>
    internal async Task CommitAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await PrepareCommitAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs something that writes to the store, with the store's failures told as <see cref="TranslateWriteFailure"/> does.</summary>
    internal async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not LedgerException && TranslateWriteFailure(error) is not null)
        {
            // An interrupted statement fails like any other.
            cancellationToken.ThrowIfCancellationRequested();
            throw TranslateWriteFailure(error)!;
        }
    }

    public abstract ValueTask DisposeAsync();
}
