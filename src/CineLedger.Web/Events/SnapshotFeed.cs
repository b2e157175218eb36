using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Web.Events;

/// <summary>
/// Delivers new snapshots to many listeners. Each listener requests the snapshots after its last one, so it misses none and need not keep up.
/// The newest snapshots are cached, so that a thousand waiting listeners cause one query of the ledger.
/// </summary>
public sealed class SnapshotFeed : IDisposable
{
    /// <summary>The number of cached snapshots. Older ones are read from the ledger.</summary>
    private const int MaxRecent = 256;

    /// <summary>The maximum number of snapshots that are read from the ledger at a time.</summary>
    private const int PageSize = 500;

    private readonly LedgerPool _pool;
    private readonly SemaphoreSlim _readLock = new(1);
    private volatile TaskCompletionSource _next = NewSource();
    private volatile RecentSnapshots _recent = new(int.MaxValue, []);
    private int _listeners;

    public SnapshotFeed(LedgerPool pool)
    {
        _pool = pool;
        pool.Published += OnPublished;
    }

    /// <summary>The current number of listeners.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>Counts a listener until the result is disposed. Returns null when <paramref name="max"/> is reached.</summary>
    public IDisposable? TryListen(int max)
    {
        if (Interlocked.Increment(ref _listeners) <= max)
        {
            return new Listener(this);
        }

        Interlocked.Decrement(ref _listeners);
        return null;
    }

    /// <summary>Waits for a snapshot newer than <paramref name="after"/>. Returns false when none is published within the time.</summary>
    public async Task<bool> WaitAsync(int after, TimeSpan max, CancellationToken cancellationToken)
    {
        // Read the task before the check, so that a snapshot published in between ends the wait.
        var next = _next.Task;
        if (_pool.Newest?.Id > after)
        {
            return true;
        }

        try
        {
            await next.WaitAsync(max, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Returns the snapshots newer than <paramref name="after"/>, in order. When there are many, returns only the first ones.</summary>
    public async Task<IReadOnlyList<Snapshot>> ReadAfterAsync(int after, CancellationToken cancellationToken)
    {
        var newest = _pool.Newest;
        if (newest is null || newest.Id <= after)
        {
            return [];
        }

        var recent = _recent;
        if (recent.Newest < newest.Id)
        {
            recent = await CatchUpAsync(newest, cancellationToken);
        }

        return recent.After <= after
            ? [.. recent.Snapshots.Where(snapshot => snapshot.Id > after)]
            : await ReadAsync(after, newest, cancellationToken);
    }

    public void Dispose()
    {
        _pool.Published -= OnPublished;
        _readLock.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnPublished(Snapshot snapshot) => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    /// <summary>Reads the newest snapshots into the cache, once for all waiting callers.</summary>
    private async Task<RecentSnapshots> CatchUpAsync(Snapshot newest, CancellationToken cancellationToken)
    {
        await _readLock.WaitAsync(cancellationToken);
        try
        {
            var recent = _recent;
            if (recent.Newest < newest.Id)
            {
                // The first time, the cache is empty and starts with the newest snapshot.
                var after = recent.Snapshots.Count > 0 ? recent.Newest : newest.Id - 1;
                var more = await ReadAsync(after, newest, cancellationToken);
                List<Snapshot> all = [.. recent.Snapshots, .. more];
                var forgotten = Math.Max(0, all.Count - MaxRecent);
                _recent = recent = new RecentSnapshots(forgotten > 0 ? all[forgotten - 1].Id : Math.Min(recent.After, after), all[forgotten..]);
            }

            return recent;
        }
        finally
        {
            _readLock.Release();
        }
    }

    private async Task<IReadOnlyList<Snapshot>> ReadAsync(int after, Snapshot newest, CancellationToken cancellationToken)
    {
        await using var reader = await _pool.RentAsync(newest.Id, cancellationToken);
        return await SnapshotRows.ReadAfterAsync(reader.Connection, after, PageSize, cancellationToken);
    }

    /// <summary>All snapshots after a given one.</summary>
    private sealed record RecentSnapshots(int After, IReadOnlyList<Snapshot> Snapshots)
    {
        public int Newest => Snapshots is [.., var last] ? last.Id : 0;
    }

    private sealed class Listener(SnapshotFeed feed) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref feed._listeners);
            }
        }
    }
}
