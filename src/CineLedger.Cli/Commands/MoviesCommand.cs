using System.CommandLine;
using CineLedger.Export;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger movies [TEXT]</c>: finds movies by title, or lists the movies behind a number of a report or a query.</summary>
internal static class MoviesCommand
{
    public static Command Create()
    {
        var text = NameSearchCommand.CreateText("title");
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var filters = new MovieFilterOptions();
        var order = QueryOption.Order.Create<string[]>();
        var limit = NameSearchCommand.CreateLimit();
        var output = new OutputOptions();
        var command = new Command("movies", "Find movies by title or original title, or list those behind a number of a report or a query, by the same conditions.")
        {
            text, store, CommonOptions.ReadStore, snapshot,
        };
        filters.AddTo(command);
        command.Options.Add(order);
        command.Options.Add(limit);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = filters.Read(parsed);
            QueryOrder[] by = [.. CommaSeparatedLists.Split(parsed.GetValue(order) ?? []).Select(QueryOrder.Parse)];
            MovieSearch.CheckOrder(by);
            var max = NameSearchCommand.ReadLimit(parsed, limit);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            (query, var readings) = await QueryResolver.ResolveAsync(new NameSource(ledger.Connection, asOf), query, cancellationToken);
            await output.WriteNotesAsync(parsed, readings);
            await using var result = await MovieSearch.OpenAsync(
                ledger.Connection, query, SearchText.Create(parsed.GetValue(text) ?? []), by, max, asOf, cancellationToken);
            var info = new ResultInfo(asOf, null) { Notes = [.. readings.Select(QueryCommand.ToSentence), .. QueryNotes.Get(query)] };
            await output.WriteAsync(parsed, result.Columns, result.Rows, info, cancellationToken);
            return 0;
        });
        command.AddExamples("movies toy story", "movies --where genre=Horror --from 2010 --to 2010 --order revenue:desc", "movies --company \"Pixar Animation Studios\" --format csv --output pixar.csv");
        return command;
    }
}
