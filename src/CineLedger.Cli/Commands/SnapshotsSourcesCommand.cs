using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots sources</c>: lists the files that each load read, with their checksums.</summary>
internal static class SnapshotsSourcesCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = new Option<int?>("--snapshot") { Description = "Only this snapshot. Default: all, newest first.", HelpName = "N" };
        var output = new OutputOptions();
        var command = new Command("sources", "List the files that each load read: origin, version, length and SHA-256.") { store, snapshot, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var only = parsed.GetValue(snapshot) is { } id ? (await SnapshotRows.FindAsync(ledger.Connection, id, cancellationToken)).Id : (int?)null;
            await using var result = await SnapshotSourceList.OpenAsync(ledger.Connection, only, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        command.AddExamples("snapshots sources", "snapshots sources --snapshot 1", "snapshots sources --format json");
        return command;
    }
}
