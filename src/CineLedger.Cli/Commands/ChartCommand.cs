using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger chart companies|genres|company-genres|query</c>: draws a report or a query as an image, or in the terminal.</summary>
internal static class ChartCommand
{
    public static Command Create()
    {
        var command = new Command("chart", "Draw a report or a query as SVG or PNG, or as bars and sparklines in the terminal.");
        foreach (var report in ReportDefinition.All)
        {
            command.Add(Create(report));
        }

        command.Add(CreateQuery());
        command.AddExamples("chart genres", "chart companies --top 5 --output companies.png", "chart query --by year --measure releases");
        return command;
    }

    private static Command CreateQuery()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var options = new QueryOptions();
        var chart = new ChartOptions();
        var command = new Command("query", "Draw the first measure of a query, and others with its unit; takes the options of cineledger query.")
        {
            store, CommonOptions.ReadStore, snapshot,
        };
        options.AddTo(command, rows: false);
        chart.AddTo(command, measure: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = options.Read(parsed);
            var spec = chart.Read(parsed);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            (query, var readings) = await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), query, cancellationToken);
            await QueryCommand.WriteNotesAsync(readings);
            spec = spec.ForQuery(query, options.ReadFilters(parsed), readings);
            var info = new ResultInfo(asOf, await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken));
            var years = query.IsTimeBased ? await LedgerYears.ReadAsync(ledger.Connection, asOf, cancellationToken) : null;
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            await chart.WriteAsync(parsed, spec, query, result, info, years, cancellationToken);
            return 0;
        });
        command.AddExamples(
            "chart query --by genre --measure revenue --kind bar --top 5",
            "chart query --by year,genre --measure releases --kind heatmap --output genres.png",
            "chart query --by year --measure revenue --dollars 2017");
        return command;
    }

    private static Command Create(ReportDefinition report)
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var options = new ReportOptions();
        var chart = new ChartOptions();
        var command = new Command(report.Name, $"{report.ChartSummary}.") { store, CommonOptions.ReadStore, snapshot };
        options.AddTo(command, rows: false, top: false);
        chart.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed, report);
            var query = ReportSql.CreateQuery(request);
            var spec = chart.Read(parsed);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            (query, var readings) = await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), query, cancellationToken);
            await QueryCommand.WriteNotesAsync(readings);
            spec = spec with { Notes = [.. GetNotes(request, query)] };
            var info = new ResultInfo(asOf, await ReportRunner.ReadCoverageAsync(ledger.Connection, query, asOf, cancellationToken));
            var years = query.IsTimeBased ? await LedgerYears.ReadAsync(ledger.Connection, asOf, cancellationToken) : null;
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, asOf, cancellationToken);
            await chart.WriteAsync(parsed, spec, query, result, info, years, cancellationToken);
            return 0;
        });
        command.AddExamples(
            $"chart {report.Name}",
            $"chart {report.Name} --from 1990 --kind bar --top 5",
            $"chart {report.Name} --theme dark --output {report.Name}.svg");
        return command;
    }

    /// <summary>Returns what the chart's labels do not show: filters on the other dimension, and how amounts are shared.</summary>
    private static IEnumerable<string> GetNotes(ReportRequest request, QueryRequest query)
    {
        (string Dimension, string Many, IReadOnlyList<string> Selected)[] names =
        [
            .. new[] { ("genre", "genres"), ("company", "companies"), ("studio", "studios") }.Select(name =>
                (name.Item1, name.Item2, (IReadOnlyList<string>)[.. query.Where.Where(filter => filter.Field.Name == name.Item1).Select(filter => (string)filter.Value!)])),
        ];
        foreach (var (dimension, _, selected) in names.Where(name => name.Selected.Count > 0 && !request.Report.By.Contains(name.Dimension)))
        {
            yield return $"movies of {(dimension == "genre" ? "genre " : "")}{string.Join(" or ", selected)}";
        }

        if (request.Share == Share.Equal)
        {
            yield return "a movie's amounts are split equally";
        }
        else if (names.FirstOrDefault(name => request.Report.By.Contains(name.Dimension) && (name.Dimension == "genre" || name.Selected.Count != 1)) is { Many: { } many })
        {
            yield return $"a movie counts in full for each of its {many}";
        }
    }
}
