using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger companies list|duplicates</c>: finds companies, and lists those that may be one.</summary>
internal static class CompaniesCommand
{
    public static Command Create()
    {
        var list = NameSearchCommand.Create(
            "list", "List the companies, or find them by name: their movies, first and last year, revenue, and the studio that owned them last.",
            NameSearch.CompanyColumns, NameSearch.ReadCompaniesAsync);
        list.AddExamples("companies list", "companies list walt disney", "companies list --limit 20 --format csv");
        var command = new Command("companies", "Find companies by name, or list those that may be one; without a command, list them.") { list, CreateDuplicates() };
        command.RunByDefault(list);
        command.AddExamples("companies disney", "companies --limit 20", "companies duplicates");
        return command;
    }

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
        command.AddExamples("companies duplicates", "companies duplicates --snapshot 1", "companies duplicates --format csv --output duplicates.csv");
        return command;
    }
}
