using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>One statement in a worker, which is killed when the statement exceeds its memory or time or its caller cancels it.</summary>
internal sealed class StatementRun : IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>How much longer than its time limit a statement may take until the worker reports that itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The exit codes of processes that were ended by SIGKILL, for example when the system ran out of memory, and by SIGXCPU.</summary>
    private const int Killed = 137, OutOfProcessorTime = 152;

    private readonly SqlWorkerProcess _worker;
    private readonly SqlLimits _limits;
    private readonly Func<bool, ValueTask> _release;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _onCancel;
    private readonly Task _watch;
    private volatile SqlLimitException? _reason;
    private bool _isComplete;
    private bool _isDisposed;
    private long _bytes;

    /// <param name="worker">The worker, which runs nothing else.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="release">Called once at the end, with whether the worker can run further statements.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public StatementRun(SqlWorkerProcess worker, SqlLimits limits, Func<bool, ValueTask> release, CancellationToken cancellationToken)
    {
        (_worker, _limits, _release, _cancellation) = (worker, limits, release, cancellationToken);
        _onCancel = cancellationToken.Register(worker.Kill);
        _watch = WatchAsync();
    }

    /// <summary>Reads the next frame: columns, rows or the end.</summary>
    /// <exception cref="LedgerException">The statement failed, exceeded a limit, or ended its process.</exception>
    public async Task<Frame> ReadAsync()
    {
        if (await ReadOrNullAsync().ConfigureAwait(false) is not { } frame)
        {
            var code = await _worker.WaitForExitAsync().ConfigureAwait(false);
            _cancellation.ThrowIfCancellationRequested();
            throw _reason ?? DescribeEnd(code);
        }

        _isComplete = frame.Kind is FrameKind.End or FrameKind.Failure;
        _bytes += frame.Content.Length;
        return frame.Kind == FrameKind.Failure ? throw CreateException(JsonSerializer.Deserialize(frame.Content, WorkerJson.Default.SqlFailure)!)
            : _bytes > _limits.MaxResultBytes ? throw new SqlLimitException(
                string.Create(CultureInfo.InvariantCulture, $"the result has more than {_limits.MaxResultBytes >> 20} MB: select fewer columns or rows."))
            : frame;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _onCancel.DisposeAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        _ended.Dispose();
        await _release(_isComplete && !_worker.HasExited).ConfigureAwait(false);
    }

    private async Task<Frame?> ReadOrNullAsync()
    {
        try
        {
            return await Frame.ReadAsync(_worker.Output, WorkerRowWriter.MaxRowBytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ObjectDisposedException)
        {
            // A worker that does not follow the protocol is not used any further.
            _worker.Kill();
            return null;
        }
    }

    private async Task WatchAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(WatchInterval);
        while (!_worker.HasExited && _reason is null)
        {
            try
            {
                await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            _reason = _worker.ReadMemory() > _limits.ProcessMemory ? CreateMemoryException()
                : Stopwatch.GetElapsedTime(started) > _limits.Timeout + Grace ? CreateTimeException()
                : null;
        }

        if (_reason is not null)
        {
            _worker.Kill();
        }
    }

    private SqlLimitException DescribeEnd(int exitCode) => exitCode switch
    {
        OutOfProcessorTime => CreateTimeException(),
        Killed => CreateMemoryException(),
        _ => new SqlLimitException("statement ended: crash: the engine cannot process it; write the query in another way."),
    };

    private SqlLimitException CreateMemoryException() => new(
        string.Create(CultureInfo.InvariantCulture, $"statement ended: memory: it needs more than {_limits.ProcessMemory >> 20} MB; narrow the query, or shorten its values."));

    private SqlLimitException CreateTimeException() => new(
        string.Create(CultureInfo.InvariantCulture, $"statement ended: time: it takes longer than {_limits.Timeout.TotalSeconds:0.###} s; narrow the query."));

    private static LedgerException CreateException(SqlFailure failure) => failure.Kind switch
    {
        SqlFailureKind.Usage => new UsageException(failure.Message),
        SqlFailureKind.Limit => new SqlLimitException(failure.Message),
        SqlFailureKind.NotPermitted => new SqlNotPermittedException(failure.Message),
        _ => new LedgerException(failure.Message),
    };
}
