using System.CommandLine;
using System.Data;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Studios;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger studios suggest</c>: lists the largest companies that the list of studios does not name, with studios to look up.</summary>
internal static class StudiosSuggestCommand
{
    private static readonly Column[] Columns =
    [
        new("company", ColumnKind.Text), new("movies", ColumnKind.Integer), new("revenue", ColumnKind.Exact), new("studio", ColumnKind.Text), new("reason", ColumnKind.Text),
    ];

    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var limit = new Option<int>("--limit") { Description = "Maximum number of companies.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var output = new OutputOptions();
        var command = new Command("suggest", "List the companies with the highest revenue that no line names, each with studios to look up and the reason.")
        {
            store, CommonOptions.ReadStore, snapshot, limit,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) < 1)
            {
                throw new UsageException("--limit: must be 1 or more.");
            }

            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            var lines = await StudioRows.ReadLinesAsync(ledger.Connection, asOf.Id, cancellationToken);
            using var table = CreateTable(await StudioSuggestions.ReadAsync(ledger.Connection, lines, asOf, parsed.GetValue(limit), cancellationToken));
            await using var rows = table.CreateDataReader();
            await output.WriteAsync(parsed, Columns, rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        command.AddExamples("studios suggest", "studios suggest --limit 5", "studios suggest --format csv --output companies.csv");
        return command;
    }

    private static DataTable CreateTable(IReadOnlyList<StudioSuggestion> suggestions)
    {
        var table = new DataTable();
        foreach (var column in Columns)
        {
            table.Columns.Add(column.Name, column.Kind == ColumnKind.Integer ? typeof(long) : typeof(string));
        }

        foreach (var (company, studio, reason) in suggestions)
        {
            table.Rows.Add(company.Name, company.Movies, FormattableString.Invariant($"{company.Revenue:0}"), studio, reason);
        }

        return table;
    }
}
