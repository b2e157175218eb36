using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string DefaultStore = "cineledger.duckdb";

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Say more, and add the trace to an error.", Recursive = true };

    public static Option<string?> ReadStore { get; } = new("--read-store")
    {
        Description = "Where to read from in place of the store: several PostgreSQL hosts, of which standbys come first. Default: $CINELEDGER_READ_STORE.",
        HelpName = "STORE",
    };

    public static Option<string?> CreateStore() => new("--store")
    {
        Description = $"The ledger: a DuckDB file, or postgres://user@host/database. Default: $CINELEDGER_STORE, else {DefaultStore} in the current folder.",
        HelpName = "STORE",
    };

    public static Option<int?> CreateSnapshot() => QueryOption.Snapshot.Create<int?>();

    public static Option<bool> CreateWait() => new("--wait") { Description = "Queue up while another load into the same PostgreSQL ledger is under way, instead of giving up." };

    public static Option<bool> CreateShowSql() => new("--show-sql")
    {
        Description = "Print the SQL that would be run, the same for every engine, instead of its rows.",
    };

    /// <summary>The store named by the option, the environment or else the default.</summary>
    public static string GetStore(ParseResult parsed, Option<string?> option, string defaultStore = DefaultStore)
    {
        var store = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("CINELEDGER_STORE");
        return string.IsNullOrWhiteSpace(store) ? defaultStore : CheckStore(store, "--store");
    }

    /// <summary>Gives a store back that could be one; <paramref name="option"/> is to blame where it could not.</summary>
    public static string CheckStore(string store, string option) =>
        string.IsNullOrWhiteSpace(store) || (store.Contains("://", StringComparison.Ordinal) && StoreEngine.Get(store).GetFile(store) is not null)
            ? throw new UsageException($"{option}: no such kind of store; name a DuckDB file, or an address postgres://user@host/database.")
            : store;

    /// <summary>Opens a ledger for writing that must be there: only a load makes one.</summary>
    public static async Task<Ledger> OpenForChangingAsync(
        ParseResult parsed, Option<string?> store, Option<bool> wait, CancellationToken cancellationToken)
    {
        var path = GetStore(parsed, store);
        await (await StoreEngine.Get(path).OpenReadOnlyAsync(path, null, cancellationToken)).DisposeAsync();
        return await StoreEngine.Get(path).OpenAsync(path, parsed.GetValue(wait), cancellationToken);
    }

    /// <summary>
    /// Opens the ledger for a command that only reads: the one that CINELEDGER_READ_STORE or <c>--read-store</c> names, standbys for one,
    /// or else the store itself.
    /// </summary>
    /// <param name="snapshot">The snapshot that is asked for: a server that lacks it is passed over. Null for the newest.</param>
    public static Task<Ledger> OpenForReadingAsync(
        ParseResult parsed, Option<string?> store, CancellationToken cancellationToken, int? snapshot = null)
    {
        var path = GetReadStore(parsed, store) ?? GetStore(parsed, store);
        return StoreEngine.Get(path).OpenReadOnlyAsync(path, snapshot, cancellationToken);
    }

    /// <summary>The store to read from in place of the store; null where none is named.</summary>
    public static string? GetReadStore(ParseResult parsed, Option<string?> store)
    {
        var readStore = parsed.GetValue(ReadStore) ?? (parsed.GetValue(store) is null ? Environment.GetEnvironmentVariable("CINELEDGER_READ_STORE") : null);
        return string.IsNullOrWhiteSpace(readStore) ? null : readStore;
    }
}
