using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Postgres;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage;

/// <summary>
/// A kind of store. To add an engine, implement <see cref="Ledger"/>, <see cref="LedgerPool"/> and <see cref="KeyStore"/>, and add an entry to
/// <see cref="All"/>; the SQL sandbox and the doctor also need a part for it.
/// </summary>
public abstract class StoreEngine
{
    /// <summary>All engines. The last one accepts every address that the others do not.</summary>
    public static IReadOnlyList<StoreEngine> All { get; } = [new PostgresEngine(), new DuckDbEngine()];

    /// <summary>Returns the engine for an address.</summary>
    public static StoreEngine Get(string store) => All.First(engine => engine.Accepts(store));

    /// <summary>Returns a store's name for display, without a password.</summary>
    public static string GetSafeName(string store) => Get(store).GetDisplayName(store);

    /// <summary>Translates a failure of the store during a query to one line that says what to do. Returns null if it has another cause.</summary>
    public static LedgerException? Explain(Exception failure) => All.Select(engine => engine.ExplainFailure(failure)).FirstOrDefault(explained => explained is not null);

    /// <summary>Whether an address belongs to this engine. Does not throw; opening an invalid address does.</summary>
    public abstract bool Accepts(string store);

    /// <summary>Returns the ledger's file, or null if it is on a server.</summary>
    public abstract string? GetFile(string store);

    /// <summary>Returns the address as a process in another folder and without this one's environment can open it: it may contain a password.</summary>
    public abstract string ResolveAddress(string store);

    /// <summary>
    /// Opens a ledger for writing and creates it if it does not exist. Throws <see cref="LedgerBusyException"/> while another process writes to it.
    /// If <paramref name="wait"/> is set, PostgreSQL waits instead.
    /// </summary>
    public abstract Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null);

    /// <summary>Opens an existing ledger for writing like <see cref="OpenAsync"/>. Throws <see cref="MissingLedgerException"/> if there is none.</summary>
    public abstract Task<Ledger> OpenExistingAsync(string store, bool wait, CancellationToken cancellationToken);

    /// <summary>
    /// Opens an existing ledger for reading. If there are several PostgreSQL hosts, chooses one that has snapshot <paramref name="seen"/>, which the
    /// reader has already seen. A DuckDB file that another process has open for writing is read from a copy.
    /// </summary>
    public abstract Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken);

    /// <summary>Creates access to the keys of a ledger's servers. There may be no keys yet.</summary>
    public abstract KeyStore CreateKeyStore(string store);

    /// <summary>Creates a pool for readers of <paramref name="readStore"/> and loads into <paramref name="store"/>, without opening it.</summary>
    internal abstract LedgerPool CreatePool(string store, string readStore, bool readOnly, ILogger logger);

    /// <inheritdoc cref="GetSafeName"/>
    protected abstract string GetDisplayName(string store);

    /// <inheritdoc cref="Explain"/>
    protected abstract LedgerException? ExplainFailure(Exception failure);
}
