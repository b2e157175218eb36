using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage;

/// <summary>An open ledger. Its members cover what differs between engines; everything else is SQL that all engines share.</summary>
public abstract class Ledger : IAsyncDisposable
{
    /// <summary>The ledger's location for messages: a file, or an address without its password.</summary>
    public abstract string Name { get; }

    /// <summary>The connection on which all statements run. Not thread-safe.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Opens another connection to the ledger, to write a report file concurrently with others. Dispose it before the ledger.</summary>
    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Opens another connection to the ledger, to read what is published while a load writes.</summary>
    internal abstract Task<DbConnection> ConnectDuringLoadAsync(CancellationToken cancellationToken);

    /// <summary>Begins a load. Readers see nothing of it until it is published.</summary>
    /// <param name="expectedBytes">The size of the dataset's movies file, if known. The memory for the load may depend on it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public abstract Task<LedgerLoad> BeginLoadAsync(long expectedBytes, CancellationToken cancellationToken);

    /// <summary>Creates the database roles for loading and for reading. Throws if the engine has no roles.</summary>
    public virtual Task CreateRolesAsync(CancellationToken cancellationToken) =>
        throw new UsageException($"--roles: {Name} is a file, which is protected by file permissions; only PostgreSQL has roles.");

    /// <summary>Creates the indexes that a first load would otherwise create, so the loading role does not need to own the tables.</summary>
    public virtual Task CreateIndexesAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Translates a write failure of the store to one line that says what to do. Returns null if the store did not cause it.</summary>
    public abstract LedgerException? TranslateWriteFailure(Exception failure);

    /// <summary>Opens the engine's bulk writer for a table, on a connection of this ledger.</summary>
    internal abstract BulkWriter OpenWriter(DbConnection connection, string table);

    /// <summary>
    /// Whether readers may see a transaction's changes at different times, so that rows must be committed before the snapshot that makes them visible.
    /// </summary>
    internal virtual bool PublishesSeparately => false;

    /// <summary>Notifies listeners of a new snapshot, in the transaction that publishes it.</summary>
    internal virtual Task AnnounceAsync(int snapshotId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Creates missing indexes and statistics of tables, in the transaction that wrote their rows. Called only if the engine gives a load three
    /// connections.
    /// </summary>
    internal virtual Task CompleteAsync(DbConnection connection, TableGroup tables, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Creates missing indexes and statistics of all tables, after their rows are written and before readers see them.</summary>
    internal virtual Task CompleteAllAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prepares for moving or deleting many rows, whose memory use may depend on the ledger's size.</summary>
    internal virtual Task PrepareRewriteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Allows the memory that it takes to group all movies by their names.</summary>
    internal virtual Task PrepareGroupingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prepares for reading whole tables once, without caching their rows.</summary>
    internal virtual Task PrepareStreamingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the space of deleted rows reusable, if the engine does not do so by itself.</summary>
    internal virtual Task ReclaimSpaceAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prepares for the commit of a transaction on a connection of this ledger.</summary>
    internal virtual Task PrepareCommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs work in its own transaction on <see cref="Connection"/>, and rolls back if it fails.</summary>
    internal async Task RunInTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await work().ConfigureAwait(false);
            await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits a transaction on a connection of this ledger.</summary>
    internal async Task CommitAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await PrepareCommitAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs work that writes to the store, and translates its failures with <see cref="TranslateWriteFailure"/>.</summary>
    internal async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not LedgerException && TranslateWriteFailure(error) is not null)
        {
            // A canceled statement also fails with the engine's exception.
            cancellationToken.ThrowIfCancellationRequested();
            throw TranslateWriteFailure(error)!;
        }
    }

    public abstract ValueTask DisposeAsync();
}
