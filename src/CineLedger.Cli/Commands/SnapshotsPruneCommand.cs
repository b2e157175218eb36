using System.CommandLine;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots prune --keep N</c>: folds old history away.</summary>
internal static class SnapshotsPruneCommand
{
    public static Command Create()
    {
        var keep = new Option<int>("--keep") { Description = "How many of the newest snapshots stay, as they are and under their numbers.", HelpName = "N", Required = true };
        var store = CommonOptions.CreateStore();
        var wait = CommonOptions.CreateWait();
        var command = new Command("prune", "Delete all snapshots but the newest ones, and the versions of movies that only those had.") { keep, store, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForChangingAsync(parsed, store, wait, cancellationToken);
            await Console.Error.WriteLineAsync(Summarize(await SnapshotPrune.RunAsync(ledger, parsed.GetValue(keep), cancellationToken)));
            return 0;
        });
        return command;
    }

    private static string Summarize(PruneSummary summary)
    {
        var kept = summary.Oldest == summary.Newest
            ? FormattableString.Invariant($"snapshot {summary.Newest} is kept")
            : FormattableString.Invariant($"snapshots {summary.Oldest} to {summary.Newest} are kept");
        return summary.Snapshots == 0
            ? $"Nothing to prune: {kept}, there are no older ones."
            : FormattableString.Invariant($"Snapshots pruned: {summary.Snapshots:N0}, movie versions pruned: {summary.Versions:N0}; {kept}.");
    }
}
