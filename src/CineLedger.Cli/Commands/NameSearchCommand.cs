using System.CommandLine;
using System.Data;
using System.Data.Common;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary>Creates the commands that search names by text.</summary>
internal static class NameSearchCommand
{
    /// <param name="name">The command's name.</param>
    /// <param name="description">The command's description.</param>
    /// <param name="columns">The columns of its result.</param>
    /// <param name="read">Reads the names that match a text.</param>
    public static Command Create(string name, string description, IReadOnlyList<Column> columns, Read read)
    {
        var text = CreateText("name");
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var limit = CreateLimit();
        var output = new OutputOptions();
        var command = new Command(name, description) { text, store, CommonOptions.ReadStore, snapshot, limit };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var max = ReadLimit(parsed, limit);
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            using var table = await read(ledger.Connection, SearchText.Create(parsed.GetValue(text) ?? []), max, asOf, cancellationToken);
            await using var rows = table.CreateDataReader();
            await output.WriteAsync(parsed, columns, rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        return command;
    }

    public static Argument<string[]> CreateText(string field) => new("TEXT")
    {
        Description = $"Words in the {field}, regardless of letter case and accents; the best matches come first. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<int?> CreateLimit() => new("--limit") { Description = "Maximum number of rows.", HelpName = "N" };

    public static int? ReadLimit(ParseResult parsed, Option<int?> limit) => parsed.GetValue(limit) is < 1 ? throw new UsageException("--limit: must be 1 or more.") : parsed.GetValue(limit);

    public delegate Task<DataTable> Read(DbConnection connection, SearchText? text, int? limit, Snapshot snapshot, CancellationToken cancellationToken);
}
