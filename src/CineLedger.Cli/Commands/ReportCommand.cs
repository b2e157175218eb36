using System.CommandLine;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger report companies|genres|company-genres|studios|all</c>: prints a yearly report, or writes all as a workbook.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Print a yearly report.");
        foreach (var report in ReportDefinition.All)
        {
            command.Add(Create(report));
        }

        command.Add(CreateAll());
        command.AddExamples("report genres --from 2010 --to 2016", "report companies --company \"Pixar Animation Studios\"", "report studios --top 5 --format csv");
        return command;
    }

    /// <summary>Creates <c>cineledger report all</c>, which writes a workbook.</summary>
    private static Command CreateAll()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var options = new ReportOptions();
        var output = new OutputOptions(OutputFormat.Xlsx);
        var showSql = CommonOptions.CreateShowSql();
        var command = new Command("all", "All reports as an Excel workbook, with a sheet for each and one that describes them.")
        {
            store, CommonOptions.ReadStore, snapshot, showSql,
        };
        options.AddTo(command, rows: false);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (output.ReadFormat(parsed) != OutputFormat.Xlsx)
            {
                throw new UsageException(
                    "report all: all reports are written as one Excel workbook; name a file that ends in .xlsx. For other formats, run each report, or load with --reports DIR.");
            }

            var request = options.Read(parsed, ReportDefinition.Companies);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            var names = new NameSource(ledger.Connection, asOf);
            var queries = await ReportWorkbook.CreateQueriesAsync(request, (query, cancel) => QueryResolver.ResolveAsync(names, query, cancel), cancellationToken);
            await output.WriteNotesAsync(parsed, queries[0].Notes);
            if (parsed.GetValue(showSql))
            {
                var statements = ReportDefinition.All.Zip(queries, (report, query) => $"-- {report.SheetName}\n{QuerySql.BuildText(query.Query, asOf.Id)}");
                await Console.Out.WriteLineAsync(string.Join("\n\n", statements));
                return 0;
            }

            await output.WriteAsync(parsed, (_, stream, _) => ReportWorkbook.WriteAsync(ledger.Connection, request, queries, asOf, stream, cancellationToken), cancellationToken);
            return 0;
        });
        command.AddExamples("report all --output book.xlsx", "report all --from 2000 --to 2016 --output book.xlsx", "report all --studio Disney --dollars 2017 --output disney.xlsx");
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
        command.AddExamples(
            $"report {report.Name} --from 2010 --to 2016",
            $"report {report.Name} --genre Animation --order releases:desc --limit 10",
            $"report {report.Name} --snapshot 1 --output {report.Name}.csv");
        return command;
    }
}
