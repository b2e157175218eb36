using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger report companies|genres|company-genres</c>: the three yearly reports.</summary>
internal static class ReportCommand
{
    public static Command Create() => new("report", "One of the three yearly reports.")
    {
        Create(ReportName.Companies, "What each production company spent, earned and released, year by year."),
        Create(ReportName.Genres, "What each genre spent, earned and released, year by year, and its rank by popularity."),
        Create(ReportName.CompanyGenres, "How many films of each genre each company released, year by year."),
    };

    private static Command Create(ReportName report, string description)
    {
        var store = CommonOptions.Store();
        var snapshot = CommonOptions.Snapshot();
        var options = new ReportOptions();
        var output = new OutputOptions();
        var showSql = CommonOptions.ShowSql();
        var command = new Command(ReportWords.Of(report), description) { store, CommonOptions.ReadStore, snapshot, showSql };
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed, report);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            if (parsed.GetValue(showSql))
            {
                await Console.Out.WriteLineAsync($"{ReportSql.Build(request, asOf.Id).WithValues()};");
                return 0;
            }

            await QueryCommand.WarnOfUnknownAsync(ledger.Connection, ReportSql.Query(request), cancellationToken);
            var coverage = output.ShowsCoverage(parsed)
                ? await ReportRunner.ReadCoverageAsync(ledger.Connection, request, asOf, cancellationToken)
                : null;
            var info = new ResultInfo(asOf, coverage);
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, asOf, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, info, cancellationToken);
            return 0;
        });
        return command;
    }
}
