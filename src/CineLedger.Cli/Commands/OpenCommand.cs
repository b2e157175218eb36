using System.CommandLine;
using System.Data;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Explore;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger open [report|query|movies|companies|studios]</c>: opens the page of the dashboard that shows a result.</summary>
internal static class OpenCommand
{
    public static Command Create()
    {
        var link = new DashboardLink();
        var report = new Command("report", "Open the page that shows a yearly report.");
        foreach (var definition in ReportDefinition.All)
        {
            report.Add(CreateReport(definition));
        }

        report.AddExamples("open report genres --from 2010 --to 2016", "open report companies --company \"Pixar Animation Studios\"", "open report studios --dollars 2017 --print");
        var command = new Command("open", "Open the dashboard of a running server, or the page that shows a result.")
        {
            report,
            CreateQuery(),
            CreateMovies(),
            CreateNames("companies", NameSearch.ReadCompaniesAsync),
            CreateNames("studios", NameSearch.ReadStudiosAsync),
        };
        link.AddTo(command);
        command.SetAction((parsed, cancellationToken) => link.OpenAsync(parsed, "/", cancellationToken));
        command.AddExamples("open", "open report genres --from 2010", "open movies toy story");
        return command;
    }

    private static Command CreateReport(ReportDefinition report)
    {
        var (link, options, snapshot) = (new DashboardLink(), new ReportOptions(), CommonOptions.CreateSnapshot());
        var command = new Command(report.Name, $"Open the page that shows: {report.Summary}.") { snapshot };
        options.AddTo(command);
        link.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            // Finds mistakes before the page does.
            _ = ReportSql.CreateQuery(options.Read(parsed, report));
            return link.OpenAsync(parsed, DashboardLink.GetReportPath(report, link.GetParameters(parsed)), cancellationToken);
        });
        command.AddExamples($"open report {report.Name}", $"open report {report.Name} --from 2010 --to 2016 --print", $"open report {report.Name} --genre Animation --url http://localhost:8080");
        return command;
    }

    private static Command CreateQuery()
    {
        var (link, options, snapshot) = (new DashboardLink(), new QueryOptions(), CommonOptions.CreateSnapshot());
        var command = new Command("query", "Open a query on the page Explore; takes the options of cineledger query.") { snapshot };
        options.AddTo(command);
        link.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            _ = options.Read(parsed);
            return link.OpenAsync(parsed, DashboardLink.GetPath(ExploreAddress.Path, link.GetParameters(parsed)), cancellationToken);
        });
        command.AddExamples("open query --by genre --measure revenue", "open query --by year,genre --measure releases --where 'budget>=100M'", "open query --by director --measure revenue --top 10 --print");
        return command;
    }

    private static Command CreateMovies()
    {
        var (link, filters, snapshot, text) = (new DashboardLink(), new MovieFilterOptions(), CommonOptions.CreateSnapshot(), NameSearchCommand.CreateText("title"));
        var command = new Command("movies", "Open the page of the movie that matches best, or of all movies that meet the conditions.") { text, snapshot };
        filters.AddTo(command);
        link.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (query, parameters) = (filters.Read(parsed), link.GetParameters(parsed));
            var path = "/movies";
            if (SearchText.Create(parsed.GetValue(text) ?? []) is { } search)
            {
                await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, link.Store, cancellationToken, parsed.GetValue(snapshot));
                var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
                query = (await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), query, cancellationToken)).Query;
                await using var found = await MovieSearch.OpenAsync(ledger.Connection, query, search, [], limit: 1, asOf, cancellationToken);
                if (!await found.Rows.ReadAsync(cancellationToken))
                {
                    throw new UsageException("no movie matches the text and the conditions.");
                }

                (path, parameters) = (FormattableString.Invariant($"/movies/{found.Rows.GetValue(0)}"), [.. parameters.Where(pair => pair.Name == "snapshot")]);
            }

            // The page has a parameter for companies and genres, but not for studios.
            await link.OpenAsync(
                parsed, DashboardLink.GetPath(path, [.. parameters.Select(pair => pair.Name == "studio" ? ("where", $"studio={pair.Value}") : pair)]), cancellationToken);
        });
        command.AddExamples("open movies toy story", "open movies --where genre=Horror --from 2010 --to 2010", "open movies --company \"Pixar Animation Studios\" --print");
        return command;
    }

    private static Command CreateNames(string section, NameSearchCommand.Read read)
    {
        var (link, snapshot, text) = (new DashboardLink(), CommonOptions.CreateSnapshot(), NameSearchCommand.CreateText("name"));
        var command = new Command(section, $"Open the page of all {section}, or of the one that matches best.") { text, snapshot };
        link.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = $"/{section}";
            if (SearchText.Create(parsed.GetValue(text) ?? []) is { } search)
            {
                await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, link.Store, cancellationToken, parsed.GetValue(snapshot));
                var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
                using var table = await read(ledger.Connection, search, 1, asOf, cancellationToken);
                path = PageState.GetPath(section, (string)table.Rows[0][0]);
            }

            await link.OpenAsync(parsed, DashboardLink.GetPath(path, link.GetParameters(parsed)), cancellationToken);
        });
        command.AddExamples($"open {section}", $"open {section} disney", $"open {section} disney --print");
        return command;
    }
}
