using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Postgres;

namespace CineLedger.Storage;

/// <summary>Opens the ledger that an address names: a DuckDB file, or a PostgreSQL database.</summary>
public static class LedgerStore
{
    /// <summary>
    /// Opens a ledger for writing and makes it where there is none. Throws <see cref="LedgerBusyException"/> when it is being
    /// written by somebody else; in PostgreSQL <paramref name="wait"/> queues up instead.
    /// </summary>
    public static async Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null) => PostgresAddress.IsOne(store)
        ? await PostgresLedger.OpenAsync(store, wait, cancellationToken, shards).ConfigureAwait(false)
        : await DuckDbLedger.OpenAsync(store, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Opens an existing ledger for reading. Of several PostgreSQL hosts one is taken that has snapshot <paramref name="seen"/>, where
    /// the reader knows of it already.
    /// </summary>
    public static async Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken) => PostgresAddress.IsOne(store)
        ? await PostgresLedger.OpenReadOnlyAsync(store, seen, cancellationToken).ConfigureAwait(false)
        : await DuckDbLedger.OpenReadOnlyAsync(store, cancellationToken).ConfigureAwait(false);

    /// <summary>The store as it may be shown: an address without its password.</summary>
    public static string Show(string store) => PostgresAddress.IsOne(store) ? PostgresAddress.Show(PostgresAddress.Parse(store)) : store;

    /// <summary>A failure of a server in the middle of a query, in one line that says what to do. Null where no server is to blame.</summary>
    public static LedgerException? Explain(Exception failure) => PostgresErrors.Explain(failure);
}
