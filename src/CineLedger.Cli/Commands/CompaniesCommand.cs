using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger companies duplicates</c>: lists companies that may be one.</summary>
internal static class CompaniesCommand
{
    public static Command Create() => new("companies", "Inspect the companies of the ledger.") { CreateDuplicates() };

    private static Command CreateDuplicates()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var output = new OutputOptions();
        var command = new Command("duplicates", "List pairs of companies that may be one: movies under the same TMDB ID, or similar names. Changes nothing.")
        {
            store, CommonOptions.ReadStore, snapshot,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            using var table = await CompanyDuplicates.ReadAsync(ledger.Connection, asOf, cancellationToken);
            await using var rows = table.CreateDataReader();
            await output.WriteAsync(parsed, CompanyDuplicates.Columns, rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        return command;
    }
}
