using System.Data.Common;
using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;

namespace CineLedger.Web.Http;

/// <summary>
/// Gives requests connections to the ledger. One caller has at most half of them, and callers that wait take turns, so that heavy queries of one caller do
/// not keep out the others. Everything that reads the ledger for a request uses it; background services use the pool, which has connections for them.
/// </summary>
public sealed class LedgerReaders
{
    private const int MaxWaiting = 1_000;

    private const int MaxWaitingPerCaller = 256;

    /// <summary>How often a short query is repeated at once when memory is short.</summary>
    private const int MaxRepeats = 3;

    /// <summary>How often a heavy query is run alone.</summary>
    private const int MaxRunsAlone = 2;

    /// <summary>Half of the default limit of a request, so that a query that had to wait has as much time to run.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    /// <summary>A query that ran out of memory within this time probably needs little, and others use the rest.</summary>
    private static readonly TimeSpan ShortQuery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly LedgerPool _pool;
    private readonly FairQueue _queue;

    /// <summary>The queries that ran out of memory and run again, one at a time.</summary>
    private readonly FairQueue _heavy = new(
        new FairQueueLimits("heavy queries", Max: 1, MaxPerCaller: 1, MaxWaiting: 100, MaxWaitingPerCaller: 100, MaxWait), TimeProvider.System);

    public LedgerReaders(LedgerPool pool, WebMetrics metrics)
    {
        _pool = pool;
        _queue = new(
            new FairQueueLimits("queries", pool.MaxReaders, Math.Max(1, pool.MaxReaders / 2), MaxWaiting, MaxWaitingPerCaller, MaxWait), TimeProvider.System);
        metrics.ObserveReaders(() => Waiting);
    }

    /// <summary>The number of waiting queries.</summary>
    internal int Waiting => _queue.Waiting + _heavy.Waiting;

    /// <summary>
    /// Reads on a connection rented for the current caller. A query that runs out of memory is repeated: a short one after a pause, another one when no other
    /// such query runs.
    /// </summary>
    /// <param name="seen">See <see cref="LedgerPool.RentAsync"/>.</param>
    /// <param name="read">Reads.</param>
    /// <param name="reset">Discards what was read. Returns false when that is not possible, because it has been sent.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="Errors.ProblemException">Too many queries are waiting.</exception>
    public async Task<T> RunAsync<T>(int? seen, Func<DbConnection, Task<T>> read, Func<bool> reset, CancellationToken cancellationToken)
    {
        var caller = CurrentCaller.Partition;
        using var slot = await _queue.EnterAsync(caller, cancellationToken);
        for (var repeats = 0; ; repeats++)
        {
            var started = Stopwatch.GetTimestamp();
            if (await TryRunAsync(seen, read, reset, cancellationToken) is { } done)
            {
                return done.Value;
            }

            if (repeats == MaxRepeats || Stopwatch.GetElapsedTime(started) > ShortQuery)
            {
                break;
            }

            await Task.Delay(Pause * (repeats + 1), cancellationToken);
        }

        _queue.Suspend(slot);
        using var alone = await _heavy.EnterAsync(caller, cancellationToken);
        for (var runs = 1; runs < MaxRunsAlone; runs++)
        {
            if (await TryRunAsync(seen, read, reset, cancellationToken) is { } done)
            {
                return done.Value;
            }
        }

        return (await TryRunAsync(seen, read, () => false, cancellationToken))!.Value;
    }

    /// <summary>Rents a connection for the current caller, for a short query; see <see cref="LedgerPool.RentAsync"/>.</summary>
    /// <exception cref="Errors.ProblemException">Too many queries are waiting.</exception>
    public Task<LedgerReader> RentAsync(int? seen, CancellationToken cancellationToken) => RentAsync(() => _pool.RentAsync(seen, cancellationToken), cancellationToken);

    /// <summary>Rents a connection to the primary where possible, for rows that a standby may not have yet and that belong to no snapshot.</summary>
    /// <param name="seen">The snapshot that must be readable if only a standby can be used; null for any state.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<LedgerReader> RentCurrentAsync(int? seen, CancellationToken cancellationToken) =>
        RentAsync(() => _pool.IsReadOnly ? _pool.RentAsync(seen, cancellationToken) : _pool.RentWriterAsync(cancellationToken), cancellationToken);

    /// <summary>Checks for a newer snapshot; see <see cref="LedgerPool.RefreshAsync"/>.</summary>
    public async Task<Snapshot?> RefreshAsync(int? seen, CancellationToken cancellationToken)
    {
        using var slot = await _queue.EnterAsync(CurrentCaller.Partition, cancellationToken);
        return await _pool.RefreshAsync(seen, cancellationToken);
    }

    /// <summary>Reads. Returns null when memory was short and what was read is discarded.</summary>
    private async Task<Result<T>?> TryRunAsync<T>(int? seen, Func<DbConnection, Task<T>> read, Func<bool> reset, CancellationToken cancellationToken)
    {
        try
        {
            await using var rented = await _pool.RentAsync(seen, cancellationToken);
            return new Result<T>(await read(rented.Connection));
        }
        catch (Exception error) when (StoreEngine.Explain(error) is QueryMemoryException && !cancellationToken.IsCancellationRequested && reset())
        {
            return null;
        }
    }

    private async Task<LedgerReader> RentAsync(Func<Task<RentedConnection>> rent, CancellationToken cancellationToken)
    {
        var slot = await _queue.EnterAsync(CurrentCaller.Partition, cancellationToken);
        try
        {
            return new LedgerReader(await rent(), slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private sealed record Result<T>(T Value);
}

/// <summary>A connection rented for a request. Disposing it returns it.</summary>
public sealed class LedgerReader : IAsyncDisposable
{
    private readonly RentedConnection _rented;
    private readonly IDisposable _slot;

    internal LedgerReader(RentedConnection rented, IDisposable slot) => (_rented, _slot) = (rented, slot);

    public DbConnection Connection => _rented.Connection;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _rented.DisposeAsync();
        }
        finally
        {
            _slot.Dispose();
        }
    }
}
