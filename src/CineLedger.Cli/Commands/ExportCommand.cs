using System.CommandLine;
using CineLedger.Export.Snapshots;
using CineLedger.Model;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger export --to PATH</c>: writes one snapshot as files for other tools.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "A folder for Parquet or CSV files, or a file: NAME.duckdb, NAME.sqlite. An earlier export is replaced.",
            HelpName = "PATH",
            Required = true,
        };
        var format = new Option<string?>("--format")
        {
            Description = $"{string.Join(", ", ExportFormat.All.Select(known => known.Name))}. Default: that of the path's extension, otherwise {ExportFormat.All[0].Name}.",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. ExportFormat.All.Select(known => known.Name)]);
        var (store, snapshot) = (CommonOptions.CreateStore(), CommonOptions.CreateSnapshot());
        var command = new Command("export", "Write one snapshot as Parquet, DuckDB, SQLite or CSV, with a data dictionary.")
        {
            to, format, store, CommonOptions.ReadStore, snapshot,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(to)!;
            if (string.IsNullOrWhiteSpace(path))
            {
                throw new UsageException("--to: the path is empty; name a folder or a file.");
            }

            var chosen = ExportFormat.Choose(path, parsed.GetValue(format));
            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            ExportSummary summary;
            using (var progress = LoadProgressBar.Create())
            {
                summary = await SnapshotExport.WriteAsync(ledger, asOf, path, chosen, progress, cancellationToken);
            }

            await StandardError.Writer.WriteLineAsync(FormattableString.Invariant(
                $"Exported snapshot {asOf.Id} to {path}: {summary.Tables} tables, {summary.Rows:N0} rows, {summary.Bytes / 1e6:N1} MB."));
            return 0;
        });
        command.AddExamples("export --to data", "export --to movies.sqlite", "export --to csv --format csv --snapshot 1");
        return command;
    }
}
