using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Postgres;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage;

/// <summary>
/// A kind of store. To add an engine, implement <see cref="Ledger"/>, <see cref="LedgerPool"/> and <see cref="KeyStore"/>, and add an entry to <see cref="All"/>; the SQL sandbox
/// and the doctor also need a part for it.
/// </summary>
public abstract class StoreEngine
{
    /// <summary>All engines. The last one accepts every address that the others do not.</summary>
    public static IReadOnlyList<StoreEngine> All { get; } = [new PostgresEngine(), new DuckDbEngine()];

    /// <summary>The engine of the store that an address names.</summary>
    public static StoreEngine Get(string store) => All.First(engine => engine.Accepts(store));

    /// <summary>A store as it may be shown: an address without its password.</summary>
    public static string GetSafeName(string store) => Get(store).GetDisplayName(store);

    /// <summary>A failure of a server in the middle of a query, in one line that says what to do. Null where no server is to blame.</summary>
    public static LedgerException? Explain(Exception failure) => All.Select(engine => engine.ExplainFailure(failure)).FirstOrDefault(explained => explained is not null);

    /// <summary>Whether an address is one of this engine's. Throws nothing: it may still turn out to be wrong when it is opened.</summary>
    public abstract bool Accepts(string store);

    /// <summary>The file that the ledger is; null where a server keeps it.</summary>
    public abstract string? GetFile(string store);

    /// <summary>
    /// Opens a ledger for writing and creates it if it does not exist. Throws <see cref="LedgerBusyException"/> while another process writes to it, unless
    /// <paramref name="wait"/> is set, which waits in line on PostgreSQL.
    /// </summary>
    public abstract Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null);

    /// <summary>
    /// Opens an existing ledger for reading. Of several PostgreSQL hosts one is taken that has snapshot <paramref name="seen"/>, where
    /// the reader knows of it already.
    /// </summary>
    public abstract Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken);

    /// <summary>The keys of a ledger's servers. There need not be any yet.</summary>
    public abstract KeyStore CreateKeyStore(string store);

    /// <summary>Connections for many readers of <paramref name="readStore"/>, and for loads into <paramref name="store"/>; not opened yet.</summary>
    internal abstract LedgerPool CreatePool(string store, string readStore, bool readOnly, ILogger logger);

    /// <inheritdoc cref="GetSafeName"/>
    protected abstract string GetDisplayName(string store);

    /// <inheritdoc cref="Explain"/>
    protected abstract LedgerException? ExplainFailure(Exception failure);
}
