using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger query</c>: computes measures by dimensions.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var showSql = CommonOptions.CreateShowSql();
        var options = new QueryOptions();
        var output = new OutputOptions();
        var command = new Command("query", "Compute any combination of measures, grouped by any dimensions.\n" + QueryOptions.HelpText)
        {
            store, CommonOptions.ReadStore, snapshot, showSql,
        };
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = options.Read(parsed);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            (query, var readings) = await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), query, cancellationToken);
            await output.WriteNotesAsync(parsed, readings);
            if (parsed.GetValue(showSql))
            {
                await Console.Out.WriteLineAsync(QuerySql.BuildText(query, asOf.Id));
                return 0;
            }

            var coverage = output.ShowsCoverage(parsed)
                ? await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken)
                : null;
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            var info = new ResultInfo(asOf, coverage) { Notes = [.. readings.Select(ToSentence), .. QueryNotes.Get(query)], TotalRows = result.TotalRows };
            await output.WriteAsync(parsed, result.Columns, result.Rows, info, cancellationToken);
            return 0;
        });
        command.AddExamples(
            "query --by genre --measure releases,revenue --order revenue:desc",
            "query --by month_of_year --measure revenue:median --where genre=Animation",
            "query --by company,month --measure revenue --where company=\"Walt Disney Pictures\" --compare previous-year");
        return command;
    }

    /// <summary>Prints how names were read on standard error.</summary>
    internal static async Task WriteNotesAsync(IEnumerable<string> notes)
    {
        foreach (var note in notes)
        {
            await StandardError.Writer.WriteLineAsync($"note: {note}");
        }
    }

    internal static string ToSentence(string note) => char.ToUpperInvariant(note[0]) + note[1..];
}
