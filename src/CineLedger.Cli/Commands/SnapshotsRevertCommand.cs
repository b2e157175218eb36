using System.CommandLine;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots revert N</c>: an older state again, as a new snapshot.</summary>
internal static class SnapshotsRevertCommand
{
    public static Command Create()
    {
        var snapshot = new Argument<int>("N") { Description = "The snapshot whose movies the ledger is to have again." };
        var store = CommonOptions.CreateStore();
        var wait = CommonOptions.CreateWait();
        var command = new Command("revert", "Publish a new snapshot that holds what an older one held; those in between stay.") { snapshot, store, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(snapshot);
            await using var ledger = await CommonOptions.OpenForChangingAsync(parsed, store, wait, cancellationToken);
            var (published, isNew) = await SnapshotRevert.RunAsync(ledger, id, cancellationToken);
            await Console.Error.WriteLineAsync(isNew
                ? FormattableString.Invariant(
                    $"Snapshot {published.Id} holds what snapshot {id} held: {published.Movies:N0} movies; {published.Added:N0} added, {published.Changed:N0} changed, {published.Removed:N0} removed.")
                : FormattableString.Invariant($"Nothing to revert: snapshot {published.Id}, the newest, holds what snapshot {id} held."));
            return 0;
        });
        return command;
    }
}
