using System.Text.Json;
using CineLedger.Model;
using Microsoft.Extensions.Logging;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>
/// Runs statements in workers. A worker runs one statement at a time and is used again if the statement ended in order; another one is started ahead, so
/// that the next statement need not wait for it.
/// </summary>
/// <param name="ledgerFile">The file beside which temporary files are created; null to create them in the system's folder.</param>
/// <param name="hasSpare">Whether to keep a worker ready. A command that runs one statement needs none.</param>
/// <param name="logger">Logs workers that ended unexpectedly.</param>
public sealed class SqlWorkerPool(string? ledgerFile, bool hasSpare, ILogger logger) : IAsyncDisposable
{
    /// <summary>A worker with more memory after a statement is replaced: what an engine keeps would count against the next statement.</summary>
    private const long MaxIdleMemory = 320L << 20;

    /// <summary>The statements of one worker.</summary>
    private const int MaxRuns = 1_000;

    private const int MaxIdle = 2;

    private readonly SqlWorkerCommand _command = SqlWorkerCommand.Find();
    private readonly Lock _lock = new();
    private readonly Stack<SqlWorkerProcess> _idle = new();
    private Task _starting = Task.CompletedTask;
    private SqlRequest? _warmUp;
    private bool _isDisposed;

    /// <summary>Opens the rows of one statement; the caller disposes the result, which ends the statement.</summary>
    /// <exception cref="LedgerException">As described for <see cref="AdHocSql"/>; <see cref="SqlLimitException"/> also when the statement ended its process.</exception>
    public async Task<SqlResult> RunAsync(SqlRequest request, CancellationToken cancellationToken)
    {
        var worker = await GetWorkerAsync().ConfigureAwait(false);
        _warmUp = request with { Sql = "SELECT 1" };
        var run = new StatementRun(worker, request.Limits, isReusable => ReleaseAsync(worker, isReusable), cancellationToken);
        try
        {
            await worker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var columns = JsonSerializer.Deserialize((await run.ReadAsync().ConfigureAwait(false)).Content, WorkerJson.Default.IReadOnlyListColumn)!;
            var rows = new WorkerRows(columns, run);
            return new SqlResult(columns, rows, () => rows.IsTruncated);
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (hasSpare)
            {
                Start();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task starting;
        lock (_lock)
        {
            _isDisposed = true;
            starting = _starting;
        }

        await starting.ConfigureAwait(false);
        while (_idle.TryPop(out var worker))
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns an idle worker, or a new one.</summary>
    private async Task<SqlWorkerProcess> GetWorkerAsync()
    {
        Task starting;
        lock (_lock)
        {
            starting = _idle.Count == 0 ? _starting : Task.CompletedTask;
        }

        // One that is being started is ready sooner than another one.
        await starting.ConfigureAwait(false);
        while (true)
        {
            SqlWorkerProcess? idle;
            lock (_lock)
            {
                _idle.TryPop(out idle);
            }

            if (idle is null)
            {
                return SqlWorkerProcess.Start(_command, ledgerFile);
            }

            if (!idle.HasExited)
            {
                return idle;
            }

            await idle.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ReleaseAsync(SqlWorkerProcess worker, bool isReusable)
    {
        if (hasSpare && isReusable && worker.Runs < MaxRuns && worker.ReadMemory() <= MaxIdleMemory && TryKeep(worker))
        {
            return;
        }

        await worker.DisposeAsync().ConfigureAwait(false);
        if (hasSpare)
        {
            Start();
        }
    }

    private bool TryKeep(SqlWorkerProcess worker)
    {
        lock (_lock)
        {
            if (_isDisposed || _idle.Count >= MaxIdle)
            {
                return false;
            }

            _idle.Push(worker);
            return true;
        }
    }

    /// <summary>Starts a worker ahead of the next statement, unless one is ready.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (!_isDisposed && _idle.Count == 0 && _starting.IsCompleted)
            {
                _starting = Task.Run(StartAsync);
            }
        }
    }

    private async Task StartAsync()
    {
        try
        {
            var worker = SqlWorkerProcess.Start(_command, ledgerFile);
            if (_warmUp is { } request)
            {
                await WarmUpAsync(worker, request).ConfigureAwait(false);
            }

            if (!TryKeep(worker))
            {
                await worker.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (LedgerException error)
        {
            logger.SqlWorkerNotStarted(error.Message);
        }
    }

    /// <summary>Runs a statement, so that the runtime has compiled the code and the engine is loaded. Its outcome does not matter.</summary>
    private static async Task WarmUpAsync(SqlWorkerProcess worker, SqlRequest request)
    {
        var run = new StatementRun(worker, request.Limits, _ => ValueTask.CompletedTask, CancellationToken.None);
        await using (run.ConfigureAwait(false))
        {
            try
            {
                await worker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
                while ((await run.ReadAsync().ConfigureAwait(false)).Kind != FrameKind.End)
                {
                    // Read to the end.
                }
            }
            catch (LedgerException)
            {
                // For example, the copy of the ledger was replaced meanwhile.
            }
        }
    }
}
