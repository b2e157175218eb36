using System.CommandLine;
using System.Data.Common;
using CineLedger.Export;
using CineLedger.Reports;
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
            if (parsed.GetValue(showSql))
            {
                await Console.Out.WriteLineAsync(QuerySql.BuildText(query, asOf.Id));
                return 0;
            }

            await WarnOfUnknownAsync(ledger.Connection, query, cancellationToken);
            var coverage = output.ShowsCoverage(parsed)
                ? await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken)
                : null;
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(asOf, coverage) { Notes = QueryNotes.Get(query) }, cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>Warns about names that the ledger does not know, since they match no movie, and suggests similar ones.</summary>
    internal static async Task WarnOfUnknownAsync(DbConnection connection, QueryRequest query, CancellationToken cancellationToken)
    {
        foreach (var note in await UnknownNames.FindNotesAsync(connection, query, cancellationToken))
        {
            await StandardError.Writer.WriteLineAsync($"warning: {note}");
        }
    }
}
