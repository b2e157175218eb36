using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Cli;

/// <summary>Options shared by several commands.</summary>
internal static class CommonOptions
{
    public const string DefaultStore = "cineledger.duckdb";

    /// <summary>The ledger of a generated sample. A separate one, so that invented movies never get into a ledger of real ones.</summary>
    public const string SampleStore = "cineledger-sample.duckdb";

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Log more, and add the stack trace to an error.", Recursive = true };

    public static Option<string?> ReadStore { get; } = new("--read-store")
    {
        Description = "Read from these PostgreSQL hosts instead of --store; standbys are preferred. Default: $CINELEDGER_READ_STORE.",
        HelpName = "STORE",
    };

    public static Option<string?> CreateStore() => new("--store")
    {
        Description = $"The ledger: a DuckDB file, or postgres://user@host/database. Default: $CINELEDGER_STORE, otherwise {DefaultStore} in the current folder.",
        HelpName = "STORE",
    };

    public static Option<int?> CreateSnapshot() => QueryOption.Snapshot.Create<int?>();

    public static Option<bool> CreateWait() => new("--wait") { Description = "If another load into the same PostgreSQL ledger is running, wait until it ends instead of failing." };

    public static Option<bool> CreateShowSql() => new("--show-sql")
    {
        Description = "Print the SQL, which is the same for every engine, instead of running it.",
    };

    /// <summary>Returns the store named by the option, the environment variable or the default, in this order.</summary>
    public static string GetStore(ParseResult parsed, Option<string?> option, string defaultStore = DefaultStore)
    {
        var store = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("CINELEDGER_STORE");
        return string.IsNullOrWhiteSpace(store) ? defaultStore : CheckStore(store, "--store");
    }

    /// <summary>Returns the store if its address is well formed; otherwise throws an error that names <paramref name="option"/>.</summary>
    public static string CheckStore(string store, string option) =>
        string.IsNullOrWhiteSpace(store) || (store.Contains("://", StringComparison.Ordinal) && StoreEngine.Get(store).GetFile(store) is not null)
            ? throw new UsageException($"{option}: unknown kind of store; name a DuckDB file or a postgres://user@host/database address.")
            : store;

    /// <summary>
    /// Opens the ledger for a command that only reads: the read store named by <c>--read-store</c> or CINELEDGER_READ_STORE, such as standbys,
    /// otherwise the store itself.
    /// </summary>
    /// <param name="snapshot">The requested snapshot, null for the newest. A host that does not have it yet is skipped.</param>
    public static Task<Ledger> OpenForReadingAsync(
        ParseResult parsed, Option<string?> store, CancellationToken cancellationToken, int? snapshot = null) =>
        StartingLedger.OpenAsync(() => GetReadStore(parsed, store) ?? GetExistingStore(parsed, store), snapshot, cancellationToken);

    /// <summary>Returns the store like <see cref="GetStore"/>; without an option or a variable, and if only the sample of <c>up</c> is in the folder, that sample.</summary>
    public static string GetExistingStore(ParseResult parsed, Option<string?> store)
    {
        var path = GetStore(parsed, store, "");
        return path.Length > 0 ? path : !HasLedger(DefaultStore) && HasLedger(SampleStore) ? SampleStore : DefaultStore;
    }

    private static bool HasLedger(string path) => File.Exists(path) || ServerFile.Read(path) is { IsStarting: true };

    /// <summary>Returns the read store; null when none is configured.</summary>
    public static string? GetReadStore(ParseResult parsed, Option<string?> store)
    {
        var readStore = parsed.GetValue(ReadStore) ?? (parsed.GetValue(store) is null ? Environment.GetEnvironmentVariable("CINELEDGER_READ_STORE") : null);
        return string.IsNullOrWhiteSpace(readStore) ? null : readStore;
    }
}
