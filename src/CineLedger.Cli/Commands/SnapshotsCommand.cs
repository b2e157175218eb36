using System.CommandLine;
using System.Data;
using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots list|diff|history|sources|prune|revert</c>: lists, compares, prunes and reverts snapshots.</summary>
internal static class SnapshotsCommand
{
    public static Command Create()
    {
        var list = CreateList();
        var command = new Command("snapshots", "List, compare, prune and revert snapshots, the numbered states of the ledger; without a command, list them.")
        {
            list, CreateDiff(), CreateHistory(), SnapshotsSourcesCommand.Create(), SnapshotsPruneCommand.Create(), SnapshotsRevertCommand.Create(),
        };
        command.RunByDefault(list);
        command.AddExamples("snapshots", "snapshots diff 1 2", "snapshots prune --keep 12");
        return command;
    }

    private static Command CreateList()
    {
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("list", "List all snapshots, newest first.") { store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            await using var result = await SnapshotList.OpenAsync(ledger.Connection, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        command.AddExamples("snapshots list", "snapshots list --format json", "snapshots list --output snapshots.csv");
        return command;
    }

    private static Command CreateDiff()
    {
        var from = new Argument<int>("A") { Description = "The snapshot to compare from." };
        var to = new Argument<int>("B") { Description = "The snapshot to compare to." };
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("diff", "Compare two snapshots: movies added, removed, and changed by field.") { from, to, store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(
                parsed, store, cancellationToken, Math.Max(parsed.GetValue(from), parsed.GetValue(to)));
            var a = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(from), cancellationToken);
            var b = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(to), cancellationToken);
            using var table = await SnapshotDiff.ReadDiffAsync(ledger.Connection, a.Id, b.Id, cancellationToken);
            await StandardError.Writer.WriteLineAsync(Summarize(table, a, b));
            await WriteAsync(parsed, output, SnapshotDiff.DiffColumns, table, cancellationToken);
            return 0;
        });
        command.AddExamples("snapshots diff 1 2", "snapshots diff 2 1 --format csv", "snapshots diff 1 2 --output changes.xlsx");
        return command;
    }

    private static Command CreateHistory()
    {
        var movie = new Argument<long>("MOVIE") { Description = "The movie's TMDB ID." };
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("history", "Show when a movie was added to the ledger and how it has changed since.") { movie, store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            using var table = await SnapshotDiff.ReadHistoryAsync(ledger.Connection, parsed.GetValue(movie), cancellationToken);
            await WriteAsync(parsed, output, SnapshotDiff.HistoryColumns, table, cancellationToken);
            return 0;
        });
        command.AddExamples("snapshots history 862", "snapshots history 862 --format json", "snapshots history 862 --output history.csv");
        return command;
    }

    private static async Task WriteAsync(
        ParseResult parsed, OutputOptions output, IReadOnlyList<Column> columns, DataTable table, CancellationToken cancellationToken)
    {
        await using var rows = table.CreateDataReader();
        await output.WriteAsync(parsed, columns, rows, new ResultInfo(null, null), cancellationToken);
    }

    private static string Summarize(DataTable table, Snapshot from, Snapshot to)
    {
        var movies = table.Rows.Cast<DataRow>()
            .GroupBy(row => (string)row["change"])
            .ToDictionary(group => group.Key, group => group.Select(row => (long)row["movie_id"]).Distinct().Count());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"From snapshot {from.Id} to {to.Id}: {movies.GetValueOrDefault("added"):N0} added, " +
            $"{movies.GetValueOrDefault("changed"):N0} changed, {movies.GetValueOrDefault("removed"):N0} removed.");
    }
}
