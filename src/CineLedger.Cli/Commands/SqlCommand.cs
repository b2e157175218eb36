using System.CommandLine;
using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.SqlSandbox;
using CineLedger.SqlSandbox.Workers;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger sql</c>: runs read-only SQL.</summary>
internal static class SqlCommand
{
    /// <summary>The largest value, which the user reads on their own machine.</summary>
    private const int OwnValueBytes = 16 << 20;

    public static Command Create()
    {
        var sql = new Argument<string?>("SQL") { Description = "One statement, such as SELECT …; - reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "Read the statement from this file.", HelpName = "FILE" };
        var schema = new Option<bool>("--schema") { Description = "Show the tables and views with their columns and meanings instead." };
        var timeout = new Option<int?>("--timeout")
        {
            Description = $"Stop the statement after this many seconds. Default: {SqlLimits.Default.Timeout.TotalSeconds:0}.",
            HelpName = "SECONDS",
        };
        var maxRows = new Option<long?>("--max-rows") { Description = $"Maximum number of rows. Default: {SqlLimits.Default.MaxRows}, 0 for all.", HelpName = "N" };
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var output = new OutputOptions();
        var command = new Command("sql", "Run one read-only SQL statement on the tables, and on views as of a snapshot.")
        {
            sql, file, schema, store, CommonOptions.ReadStore, snapshot, timeout, maxRows,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(schema))
            {
                using var table = await SchemaList.ReadAsync(cancellationToken);
                await using var rows = table.CreateDataReader();
                await output.WriteAsync(parsed, SchemaList.Columns, rows, new ResultInfo(null, null), cancellationToken);
                return 0;
            }

            var limits = ReadLimits(parsed.GetValue(timeout), parsed.GetValue(maxRows));
            var text = await ReadStatementAsync(parsed.GetValue(sql), parsed.GetValue(file), cancellationToken);
            var path = CommonOptions.GetReadStore(parsed, store) ?? CommonOptions.GetExistingStore(parsed, store);
            var engine = StoreEngine.Get(path);

            // The process for the statement starts while this one opens the ledger.
            await using var workers = new SqlWorkerPool(engine.GetFile(path), hasSpare: false, NullLogger.Instance);
            workers.Start();
            await using var ledger = await StartingLedger.OpenAsync(() => path, parsed.GetValue(snapshot), cancellationToken);
            var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
            var opened = (ledger as DuckDbLedger)?.Path ?? path;
            await using var result = await workers.RunAsync(new SqlRequest(engine.ResolveAddress(opened), asOf.Id, text, limits), cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(asOf, null), cancellationToken);
            foreach (var note in await VersionNotes.FindAsync(text, cancellationToken))
            {
                await StandardError.Writer.WriteLineAsync($"warning: {note}");
            }

            if (result.IsTruncated)
            {
                await StandardError.Writer.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"warning: only the first {limits.MaxRows:N0} rows are shown; raise --max-rows, or use 0 for all."));
            }

            return 0;
        });
        command.AddExamples("sql \"SELECT title, revenue FROM movies ORDER BY revenue DESC LIMIT 10\"", "sql --schema", "sql --file query.sql --format csv");
        return command;
    }

    private static SqlLimits ReadLimits(int? timeout, long? maxRows) => (timeout, maxRows) switch
    {
        ( < 1 or > 86_400, _) => throw new UsageException("--timeout: must be 1 to 86400 seconds."),
        (_, < 0) => throw new UsageException("--max-rows: must be 1 or more, or 0 for all rows."),
        _ => SqlLimits.Default with
        {
            Timeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : SqlLimits.Default.Timeout,
            MaxRows = maxRows ?? SqlLimits.Default.MaxRows,
            MaxValueBytes = OwnValueBytes,
            MaxResultBytes = long.MaxValue,
        },
    };

    private static async Task<string> ReadStatementAsync(string? sql, string? file, CancellationToken cancellationToken)
    {
        if ((sql is null) == (file is null))
        {
            throw new UsageException("give one statement, cineledger sql \"SELECT …\", or name a file with --file; cineledger sql --schema shows the tables.");
        }

        try
        {
            return file is not null ? await File.ReadAllTextAsync(file, cancellationToken)
                : sql == "-" ? await Console.In.ReadToEndAsync(cancellationToken)
                : sql!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{file ?? "standard input"} cannot be read: {error.Message}", error);
        }
    }
}
