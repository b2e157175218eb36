using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger chart companies|genres|company-genres|query</c>: a report or any query as a picture, or as bars and sparklines in the terminal.</summary>
internal static class ChartCommand
{
    public static Command Create() => new("chart", "Draws a report, or any query, as SVG or PNG, or as bars and sparklines in the terminal.")
    {
        Create(ReportName.Companies, "What production companies spent, earned and released, year by year."),
        Create(ReportName.Genres, "What genres spent, earned and released, and how popular they were, year by year."),
        Create(ReportName.CompanyGenres, "How many films of each genre companies released, year by year."),
        CreateQuery(),
    };

    private static Command CreateQuery()
    {
        var store = CommonOptions.Store();
        var snapshot = CommonOptions.Snapshot();
        var options = new QueryOptions();
        var chart = new ChartOptions();
        var command = new Command("query", "The first measure of any query, by the options of cineledger query.")
        {
            store, CommonOptions.ReadStore, snapshot,
        };
        options.AddTo(command, rows: false);
        chart.AddTo(command, measure: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = options.Read(parsed);
            var spec = chart.Read(parsed) with
            {
                Measure = query.Measures[0].Column,
                Aggregate = query.Aggregate,
                Dollars = query.Dollars,
                Notes = [.. options.Filters(parsed), .. QueryNotes.Of(query).Select(note => note.TrimEnd('.'))],
            };
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            await QueryCommand.WarnOfUnknownAsync(ledger.Connection, query, cancellationToken);
            var info = new ResultInfo(asOf, await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken));
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            await chart.WriteAsync(parsed, spec, result, info, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command Create(ReportName report, string description)
    {
        var store = CommonOptions.Store();
        var snapshot = CommonOptions.Snapshot();
        var options = new ReportOptions();
        var chart = new ChartOptions();
        var command = new Command(ReportWords.Of(report), description) { store, CommonOptions.ReadStore, snapshot };
        options.AddTo(command, rows: false);
        chart.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed, report);
            var spec = chart.Read(parsed) with { Aggregate = request.Aggregate, Popularity = request.Popularity, Notes = [.. Notes(request)] };
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            await QueryCommand.WarnOfUnknownAsync(ledger.Connection, ReportSql.Query(request), cancellationToken);
            var info = new ResultInfo(asOf, await ReportRunner.ReadCoverageAsync(ledger.Connection, request, asOf, cancellationToken));
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, asOf, cancellationToken);
            await chart.WriteAsync(parsed, spec, result, info, cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>What a reader of the picture cannot see from its names: filters by the other dimension, and how amounts were shared.</summary>
    private static IEnumerable<string> Notes(ReportRequest request)
    {
        if (request.Report == ReportName.Companies && request.Genres.Count > 0)
        {
            yield return $"films of genre {string.Join(" or ", request.Genres)}";
        }

        if (request.Report == ReportName.Genres && request.Companies.Count > 0)
        {
            yield return $"films of {string.Join(" or ", request.Companies)}";
        }

        if (request.Share == Share.Equal)
        {
            yield return "a film's amount split among all it belongs to";
        }
        else if (request.Companies.Count != 1 || request.Report != ReportName.Companies)
        {
            yield return $"a film counts in full for each of its {(request.Report == ReportName.Companies ? "companies" : "genres")}";
        }
    }
}
