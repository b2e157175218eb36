using System.CommandLine;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger copy --from STORE --to STORE</c>: copies a whole ledger into another store, on the same engine or another.</summary>
internal static class CopyCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The ledger to copy: a DuckDB file, or postgres://user@host/database.", HelpName = "STORE", Required = true };
        var to = new Option<string>("--to") { Description = "The target: a store without snapshots; a DuckDB file is created.", HelpName = "STORE", Required = true };
        var wait = CommonOptions.CreateWait();
        var command = new Command("copy", "Copy a ledger with all its snapshots into an empty store.") { from, to, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (source, target) = (CommonOptions.CheckStore(parsed.GetValue(from)!, from.Name), CommonOptions.CheckStore(parsed.GetValue(to)!, to.Name));
            if (DescribeStore(source) == DescribeStore(target))
            {
                throw new UsageException($"--to: {StoreEngine.GetSafeName(target)} is also the source; name another store.");
            }

            // Opens the source first, so that a mistyped source does not leave an empty target behind.
            await using var reading = await StoreEngine.Get(source).OpenReadOnlyAsync(source, null, cancellationToken);
            await using var writing = await StoreEngine.Get(target).OpenAsync(target, parsed.GetValue(wait), cancellationToken);
            var summary = await LedgerCopy.RunAsync(reading, writing, cancellationToken);
            await StandardError.Writer.WriteLineAsync(FormattableString.Invariant(
                $"Copied to {writing.Name}: {DisplayText.Count(summary.Snapshots, "snapshot")} (the newest is {summary.Newest}), {DisplayText.Count(summary.Versions, "movie version")}."));
            return 0;
        });
        command.AddExamples(
            "copy --from cineledger.duckdb --to copy.duckdb",
            "copy --from cineledger.duckdb --to postgres://cineledger@db.example/cineledger",
            "copy --from postgres://cineledger@db.example/cineledger --to backup.duckdb");
        return command;
    }

    private static string DescribeStore(string store)
    {
        var displayName = StoreEngine.GetSafeName(store);
        return displayName == store && !store.Contains("://", StringComparison.Ordinal) ? Path.GetFullPath(store) : displayName;
    }
}
