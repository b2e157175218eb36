using System.CommandLine;
using System.Globalization;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots revert N</c>: restores an older state as a new snapshot.</summary>
internal static class SnapshotsRevertCommand
{
    public static Command Create()
    {
        var snapshot = new Argument<int>("N") { Description = "The snapshot to restore." };
        var store = CommonOptions.CreateStore();
        var wait = CommonOptions.CreateWait();
        var command = new Command("revert", "Publish a new snapshot with the movies of an older one; the snapshots in between are kept.") { snapshot, store, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(snapshot);
            var (published, isNew) = await HandedChange.RunAsync(
                CommonOptions.GetExistingStore(parsed, store), parsed.GetValue(wait),
                ledger => SnapshotRevert.RunAsync(ledger, id, cancellationToken),
                new() { Revert = id }, end => end.Reverted!, cancellationToken);
            await StandardError.Writer.WriteLineAsync(isNew
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Snapshot {published.Id} restores snapshot {id}: {published.Movies:N0} movies; " +
                    $"{published.Added:N0} added, {published.Changed:N0} changed, {published.Removed:N0} removed.")
                : FormattableString.Invariant($"Nothing to revert: the newest snapshot, {published.Id}, has the same movies as snapshot {id}."));
            return 0;
        });
        command.AddExamples(
            "snapshots revert 1",
            "snapshots revert 1 --store movies.duckdb",
            "snapshots revert 1 --store postgres://cineledger@db.example/cineledger --wait");
        return command;
    }
}
