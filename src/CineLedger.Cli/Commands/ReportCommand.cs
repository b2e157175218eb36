using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger report companies|genres|company-genres</c>: prints a yearly report.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Print a yearly report.");
        foreach (var report in ReportDefinition.All)
        {
            command.Add(Create(report));
        }

        return command;
    }

    private static Command Create(ReportDefinition report)
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var options = new ReportOptions();
        var output = new OutputOptions();
        var showSql = CommonOptions.CreateShowSql();
        var command = new Command(report.Name, $"{report.Summary}.") { store, CommonOptions.ReadStore, snapshot, showSql };
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed, report);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            var (query, readings) = await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), ReportSql.CreateQuery(request), cancellationToken);
            await output.WriteNotesAsync(parsed, readings);
            if (parsed.GetValue(showSql))
            {
                await Console.Out.WriteLineAsync($"{QuerySql.Build(query, asOf.Id).ToInlinedSql()};");
                return 0;
            }

            var coverage = output.ShowsCoverage(parsed)
                ? await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken)
                : null;
            var info = new ResultInfo(asOf, coverage) { Notes = [.. readings.Select(QueryCommand.ToSentence)] };
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, info, cancellationToken);
            return 0;
        });
        return command;
    }
}
