using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports.Search;
using CineLedger.Reports.Studios;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger studios import|export|list|check|suggest</c>: manages the groups of companies that reports show as studios.</summary>
internal static class StudiosCommand
{
    public static Command Create()
    {
        var list = NameSearchCommand.Create(
            "list", "List the studios, or find them by name, with their companies, movies, years and revenue: those with the highest revenue first.",
            StudioList.Columns, NameSearch.ReadStudiosAsync);
        list.AddExamples("studios list", "studios list disney", "studios list --snapshot 1 --format csv");
        var command = new Command("studios", "Import, export, find and check studios: groups of companies with the years of ownership; without a command, list them.")
        {
            StudiosImportCommand.Create(), CreateExport(), list, StudiosCheckCommand.Create(), StudiosSuggestCommand.Create(),
        };
        command.RunByDefault(list);
        command.AddExamples("studios disney", "studios check", "studios export --output studios.csv");
        return command;
    }

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
        command.AddExamples("studios export", "studios export --output studios.csv", "studios export --snapshot 1 --format json");
        return command;
    }
}
