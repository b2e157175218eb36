using System.CommandLine;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string DefaultStore = "cineledger.duckdb";

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Say more, and add the trace to an error.", Recursive = true };

    public static Option<string?> Store() => new("--store")
    {
        Description = $"The ledger: a DuckDB file. Default: $CINELEDGER_STORE, else {DefaultStore} in the current folder.",
        HelpName = "FILE",
    };

    public static Option<int?> Snapshot() => new("--snapshot") { Description = "As of this snapshot; default: the newest.", HelpName = "N" };

    /// <summary>The store named by the option, the environment or else the default.</summary>
    public static string StorePath(ParseResult parsed, Option<string?> option, string defaultStore = DefaultStore)
    {
        var store = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("CINELEDGER_STORE");
        if (store is not null && store.Contains("://", StringComparison.Ordinal))
        {
            throw new UsageException("--store: this version keeps its ledger in a DuckDB file; name a file.");
        }

        return string.IsNullOrWhiteSpace(store) ? defaultStore : store;
    }

    public static Task<DuckDbLedger> OpenForReadingAsync(ParseResult parsed, Option<string?> store, CancellationToken cancellationToken) =>
        DuckDbLedger.OpenReadOnlyAsync(StorePath(parsed, store), cancellationToken);
}
