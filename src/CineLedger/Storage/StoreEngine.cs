using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Postgres;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage;

/// <summary>
/// A kind of store: which addresses are its own, and what can be done at one. A new engine is a <see cref="Ledger"/>, a <see cref="LedgerPool"/>, a <see cref="KeyStore"/> and an
/// entry in <see cref="All"/>; the sandbox for SQL and the doctor have a part for each as well.
/// </summary>
public abstract class StoreEngine
{
    /// <summary>The last one takes every address that no other does.</summary>
    public static IReadOnlyList<StoreEngine> All { get; } = [new PostgresEngine(), new DuckDbEngine()];

    /// <summary>The engine of the store that an address names.</summary>
    public static StoreEngine For(string store) => All.First(engine => engine.Takes(store));

    /// <summary>A store as it may be shown: an address without its password.</summary>
    public static string Show(string store) => For(store).DisplayName(store);

    /// <summary>A failure of a server in the middle of a query, in one line that says what to do. Null where no server is to blame.</summary>
    public static LedgerException? Explain(Exception failure) => All.Select(engine => engine.ExplainFailure(failure)).FirstOrDefault(explained => explained is not null);

    /// <summary>Whether an address is one of this engine's. Throws nothing: it may still turn out to be wrong when it is opened.</summary>
    public abstract bool Takes(string store);

    /// <summary>The file that the ledger is; null where a server keeps it.</summary>
    public abstract string? FileOf(string store);

    /// <summary>
    /// Opens a ledger for writing and makes it where there is none. Throws <see cref="LedgerBusyException"/> when it is being
    /// written by somebody else; in PostgreSQL <paramref name="wait"/> queues up instead.
    /// </summary>
    public abstract Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null);

    /// <summary>
    /// Opens an existing ledger for reading. Of several PostgreSQL hosts one is taken that has snapshot <paramref name="seen"/>, where
    /// the reader knows of it already.
    /// </summary>
    public abstract Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken);

    /// <summary>The keys of a ledger's servers. There need not be any yet.</summary>
    public abstract KeyStore Keys(string store);

    /// <summary>Connections for many readers of <paramref name="readStore"/>, and for loads into <paramref name="store"/>; not opened yet.</summary>
    internal abstract LedgerPool CreatePool(string store, string readStore, bool readOnly, ILogger logger);

    /// <inheritdoc cref="Show"/>
    protected abstract string DisplayName(string store);

    /// <inheritdoc cref="Explain"/>
    protected abstract LedgerException? ExplainFailure(Exception failure);
}
