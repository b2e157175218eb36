using System.CommandLine;
using System.Data;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger snapshots list|diff|history|sources|prune|revert</c>: what each load brought, and what is to become of it.</summary>
internal static class SnapshotsCommand
{
    public static Command Create() => new("snapshots", "The numbered states of the ledger.")
    {
        CreateList(), CreateDiff(), CreateHistory(), SnapshotsSourcesCommand.Create(), SnapshotsPruneCommand.Create(), SnapshotsRevertCommand.Create(),
    };

    private static Command CreateList()
    {
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("list", "All snapshots, the newest first.") { store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            await using var result = await SnapshotList.OpenAsync(ledger.Connection, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command CreateDiff()
    {
        var from = new Argument<int>("A") { Description = "The snapshot to come from." };
        var to = new Argument<int>("B") { Description = "The snapshot to go to." };
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("diff", "What differs between two snapshots: movies added and removed, and changed ones field by field.") { from, to, store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(
                parsed, store, cancellationToken, Math.Max(parsed.GetValue(from), parsed.GetValue(to)));
            var a = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(from), cancellationToken);
            var b = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(to), cancellationToken);
            using var table = await SnapshotDiff.ReadDiffAsync(ledger.Connection, a.Id, b.Id, cancellationToken);
            await Console.Error.WriteLineAsync(Summarize(table, a, b));
            await WriteAsync(parsed, output, SnapshotDiff.DiffColumns, table, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command CreateHistory()
    {
        var movie = new Argument<long>("MOVIE") { Description = "The movie's id (TMDB's number)." };
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("history", "How one movie came into the ledger and changed since.") { movie, store, CommonOptions.ReadStore };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            using var table = await SnapshotDiff.ReadHistoryAsync(ledger.Connection, parsed.GetValue(movie), cancellationToken);
            await WriteAsync(parsed, output, SnapshotDiff.HistoryColumns, table, cancellationToken);
            return 0;
        });
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
        return FormattableString.Invariant(
            $"From snapshot {from.Id} to {to.Id}: {movies.GetValueOrDefault("added"):N0} movies added, {movies.GetValueOrDefault("changed"):N0} changed, {movies.GetValueOrDefault("removed"):N0} removed.");
    }
}
