using System.CommandLine;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots prune --keep N</c>: deletes old history.</summary>
internal static class SnapshotsPruneCommand
{
    public static Command Create()
    {
        var keep = new Option<int>("--keep") { Description = "Number of newest snapshots to keep; they keep their numbers.", HelpName = "N", Required = true };
        var store = CommonOptions.CreateStore();
        var wait = CommonOptions.CreateWait();
        var command = new Command("prune", "Delete all but the newest snapshots, and the movie versions that only the deleted ones contain.") { keep, store, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var kept = parsed.GetValue(keep);
            await StandardError.Writer.WriteLineAsync(Summarize(await HandedChange.RunAsync(
                CommonOptions.GetExistingStore(parsed, store), parsed.GetValue(wait),
                ledger => SnapshotPrune.RunAsync(ledger, kept, cancellationToken),
                new() { Prune = kept }, end => end.Pruned!, cancellationToken)));
            return 0;
        });
        command.AddExamples(
            "snapshots prune --keep 12",
            "snapshots prune --keep 1 --store movies.duckdb",
            "snapshots prune --keep 12 --store postgres://cineledger@db.example/cineledger --wait");
        return command;
    }

    private static string Summarize(PruneSummary summary)
    {
        var kept = summary.Oldest == summary.Newest
            ? FormattableString.Invariant($"snapshot {summary.Newest} is kept")
            : FormattableString.Invariant($"snapshots {summary.Oldest} to {summary.Newest} are kept");
        return summary.Snapshots == 0
            ? $"Nothing to prune: {kept}; there are no older ones."
            : FormattableString.Invariant($"Snapshots pruned: {summary.Snapshots:N0}, movie versions pruned: {summary.Versions:N0}; {kept}.");
    }
}
