using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>
/// The process that runs statements, one after the other, for the process that started it: <c>cineledger sql-worker</c>. It reads requests from its
/// standard input and ends with it. See docs/decisions/0013-sql-runs-in-a-process-of-its-own.md.
/// </summary>
public static class SqlWorker
{
    /// <summary>The only argument of the process.</summary>
    public const string Argument = "sql-worker";

    /// <summary>The largest request: a statement of 1 MB, twice escaped, with its address and limits.</summary>
    private const int MaxRequestBytes = 16 << 20;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        // The process that started this one receives the same signals and decides when to stop.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        ResourceLimits.YieldMemory();
        var output = OutputDescriptor.Detach();
        var input = Console.OpenStandardInput();
        await using (output.ConfigureAwait(false))
        await using (input.ConfigureAwait(false))
        {
            await RunAsync(input, output, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        var next = ReadRequestAsync(input, cancellationToken);
        while (await next.ConfigureAwait(false) is { } request)
        {
            // If the input ends during a statement, the process that sent the request has ended, so the result is not needed.
            next = Task.Run(() => ReadRequestAsync(input, cancellationToken), cancellationToken);
            // The engine blocks the thread that calls it.
            var running = Task.Run(() => ExecuteAsync(request, output, cancellationToken), cancellationToken);
            if (await Task.WhenAny(running, next).ConfigureAwait(false) == next && await next.ConfigureAwait(false) is null)
            {
                Process.GetCurrentProcess().Kill();
            }

            await running.ConfigureAwait(false);
        }
    }

    private static async Task<SqlRequest?> ReadRequestAsync(Stream input, CancellationToken cancellationToken) =>
        await Frame.ReadAsync(input, MaxRequestBytes, cancellationToken).ConfigureAwait(false) is { Kind: FrameKind.Request, Content: var content }
            ? JsonSerializer.Deserialize(content, WorkerJson.Default.SqlRequest)
            : null;

    private static async Task ExecuteAsync(SqlRequest request, Stream output, CancellationToken cancellationToken)
    {
        SqlFailure failure;
        try
        {
            ResourceLimits.Apply(request.Limits);
            await WriteAsync(request, output, cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failure = Describe(error);
        }

        await Frame.WriteAsync(
            output, FrameKind.Failure, JsonSerializer.SerializeToUtf8Bytes(failure, WorkerJson.Default.SqlFailure), cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(SqlRequest request, Stream output, CancellationToken cancellationToken)
    {
        var ledger = await StoreEngine.Get(request.Store).OpenReadOnlyAsync(request.Store, request.SnapshotId, cancellationToken).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            var result = await AdHocSql.OpenAsync(ledger, request.Sql, request.SnapshotId, request.Limits, cancellationToken).ConfigureAwait(false);
            await using (result.ConfigureAwait(false))
            {
                await Frame.WriteAsync(
                    output,
                    FrameKind.Columns,
                    JsonSerializer.SerializeToUtf8Bytes(result.Columns, WorkerJson.Default.IReadOnlyListColumn),
                    cancellationToken).ConfigureAwait(false);
                using var rows = new WorkerRowWriter();
                while (await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Append(result.Columns, result.Rows);
                    if (rows.IsFull)
                    {
                        await Frame.WriteAsync(output, FrameKind.Rows, rows.DetachRows(), cancellationToken).ConfigureAwait(false);
                    }
                }

                if (!rows.IsEmpty)
                {
                    await Frame.WriteAsync(output, FrameKind.Rows, rows.DetachRows(), cancellationToken).ConfigureAwait(false);
                }

                await Frame.WriteAsync(output, FrameKind.End, new[] { result.IsTruncated ? (byte)1 : (byte)0 }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static SqlFailure Describe(Exception error) => error switch
    {
        UsageException => new(SqlFailureKind.Usage, error.Message),
        SqlLimitException => new(SqlFailureKind.Limit, error.Message),
        SqlNotPermittedException => new(SqlFailureKind.NotPermitted, error.Message),
        LedgerException => new(SqlFailureKind.Ledger, error.Message),
        OutOfMemoryException or InsufficientMemoryException => new(
            SqlFailureKind.Limit, "the query needs more memory than one query may use: narrow it, or shorten its values."),
        _ => new(SqlFailureKind.Ledger, $"the query failed: {error.Message}"),
    };
}
