using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Web.Events;

/// <summary>
/// New snapshots for many who wait for them. Each asks for what follows the one that it has: nobody is missed, and nobody has to keep up.
/// The newest are in memory, so that a thousand who wait for the next one are one question to the ledger.
/// </summary>
public sealed class SnapshotFeed : IDisposable
{
    /// <summary>Snapshots in memory; whoever is further behind asks the ledger.</summary>
    private const int MaxRecent = 256;

    /// <summary>Snapshots at a time for who is far behind.</summary>
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

    /// <summary>Who is listening now.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>Counts one more who listens, till it is disposed; null where there are as many as may be.</summary>
    public IDisposable? TryListen(int max)
    {
        if (Interlocked.Increment(ref _listeners) <= max)
        {
            return new Listener(this);
        }

        Interlocked.Decrement(ref _listeners);
        return null;
    }

    /// <summary>Ends when there is a snapshot newer than the one given, at once where there is; false where there is none within the time.</summary>
    public async Task<bool> WaitAsync(int after, TimeSpan max, CancellationToken cancellationToken)
    {
        // Taken before the look: what is published between the two ends it.
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

    /// <summary>The snapshots after one, in their order: all of them, or the first of many.</summary>
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

    /// <summary>One reads for all.</summary>
    private async Task<RecentSnapshots> CatchUpAsync(Snapshot newest, CancellationToken cancellationToken)
    {
        await _readLock.WaitAsync(cancellationToken);
        try
        {
            var recent = _recent;
            if (recent.Newest < newest.Id)
            {
                // The first time there is nothing to add to: it begins with the newest.
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

    /// <summary>All snapshots that follow one.</summary>
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
