using System.Data.Common;
using CineLedger.Model;

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
    /// <param name="expectedBytes">Bytes of the dataset's films, as far as known: the memory for the load may depend on it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public abstract Task<LedgerLoad> BeginLoadAsync(long expectedBytes, CancellationToken cancellationToken);

    /// <summary>Makes the roles of the engine's that may load and that may only read, where it has such. Throws where it has none.</summary>
    public virtual Task CreateRolesAsync(CancellationToken cancellationToken) =>
        throw new UsageException($"--roles: {Name} is a file, which the system's own permissions protect; roles are PostgreSQL's.");

    /// <summary>A failure of the store while it was written, in one line that says what to do. Null where the store is not to blame.</summary>
    public abstract LedgerException? OnWrite(Exception failure);

    /// <summary>The engine's bulk way into a table, on a connection of this ledger.</summary>
    internal abstract TableWriter OpenWriter(DbConnection connection, string table);

    /// <summary>Tells whoever listens, in the transaction that publishes, of a new snapshot.</summary>
    internal virtual Task AnnounceAsync(int snapshotId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For when a load's rows are in their tables and nobody looks at them yet.</summary>
    internal virtual Task AfterRowsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
