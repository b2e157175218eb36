using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Studios;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger studios import|export|list|check|suggest</c>: manages the groups of companies that reports show as studios.</summary>
internal static class StudiosCommand
{
    public static Command Create() => new("studios", "Import, export, list and check studios: groups of companies with the years of ownership.")
    {
        StudiosImportCommand.Create(), CreateExport(), CreateList(), StudiosCheckCommand.Create(), StudiosSuggestCommand.Create(),
    };

    private static Command CreateExport()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var output = new OutputOptions(OutputFormat.Csv);
        var command = new Command("export", "Write the list of studios of a snapshot as CSV, which import reads again.") { store, CommonOptions.ReadStore, snapshot };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            await using var result = await StudioLineList.OpenAsync(ledger.Connection, limit: null, offset: 0, asOf, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command CreateList()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var output = new OutputOptions();
        var command = new Command("list", "List all studios with their companies, movies, years and revenue, those with the highest revenue first.")
        {
            store, CommonOptions.ReadStore, snapshot,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            await using var result = await StudioList.OpenAsync(
                ledger.Connection, new NameFilter { Order = QueryOrder.Parse("revenue:desc") }, asOf, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        return command;
    }
}
