using System.Collections.Concurrent;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.Extensions.Caching.Memory;

namespace CineLedger.Web.Http;

/// <summary>
/// Caches values that are computed from a snapshot: responses, pages and parts of pages. A snapshot never changes, so entries are only evicted when the
/// cache is full. A value is computed by one request of each caller at a time, and its others wait for it. Callers do not wait for each other, because a
/// caller with many requests waits long for its turn; see <see cref="LedgerReaders"/>.
/// </summary>
public sealed class SnapshotCache : IDisposable
{
    /// <summary>The approximate size of an entry without its key and value.</summary>
    private const int EntryBytes = 500;

    /// <summary>The approximate size of a name, with the forms in which it is compared and without its letters.</summary>
    private const int NameBytes = 250;

    /// <summary>The number of times that the forms repeat the letters of a name, in bytes.</summary>
    private const int NameLetterBytes = 10;

    /// <summary>The size in bytes above which a value that takes more than <see cref="LargeShare"/> of the cache is kept beside it.</summary>
    private const long MinLargeBytes = 8L << 20;

    /// <summary>A value above this share of the cache would displace most of the other values, or not fit at all.</summary>
    private const double LargeShare = 0.2;

    /// <summary>The number of values that are kept beside the cache: the names of the newest snapshot in the forms that the search and queries need.</summary>
    private const int MaxLarge = 3;

    private readonly long _largeBytes;
    private readonly LinkedList<(object Key, object Value)> _large = [];
    private readonly MemoryCache _memory;
    private readonly ConcurrentDictionary<(string Caller, object Key), Task<Outcome?>> _pending = new();

    public SnapshotCache(WebOptions options, WebMetrics metrics)
    {
        _largeBytes = Math.Max(MinLargeBytes, (long)(options.CacheBytes * LargeShare));
        _memory = new(new MemoryCacheOptions { SizeLimit = options.CacheBytes, TrackStatistics = true });
        metrics.ObserveCache(() => _memory.GetCurrentStatistics()!.CurrentEstimatedSize ?? 0, () => _memory.Count);
    }

    public T? Find<T>(object key)
        where T : class => _memory.TryGetValue(key, out T? value) ? value : FindLarge(key) as T;

    /// <param name="key">Everything that determines the value.</param>
    /// <param name="value">The value to cache.</param>
    /// <param name="bytes">The approximate size of key and value.</param>
    public void Set(object key, object value, long bytes)
    {
        if (bytes > _largeBytes)
        {
            SetLarge(key, value);
            return;
        }

        using var entry = _memory.CreateEntry(key);
        entry.Size = EntryBytes + bytes;
        entry.Value = value;
    }

    private object? FindLarge(object key)
    {
        lock (_large)
        {
            for (var node = _large.First; node is not null; node = node.Next)
            {
                if (node.Value.Key.Equals(key))
                {
                    _large.Remove(node);
                    _large.AddFirst(node);
                    return node.Value.Value;
                }
            }
        }

        return null;
    }

    private void SetLarge(object key, object value)
    {
        lock (_large)
        {
            _large.AddFirst((key, value));
            if (_large.Count > MaxLarge)
            {
                _large.RemoveLast();
            }
        }
    }

    /// <summary>Returns a cached value, or computes it. Returns null when it was too large to cache; <paramref name="make"/> has then handled it.</summary>
    /// <param name="key">Everything that determines the value.</param>
    /// <param name="make">Computes the value and the size of key and value; a null value is too large to cache.</param>
    /// <param name="cancellationToken">Canceled when the client disconnects.</param>
    public async Task<T?> GetAsync<T>(object key, Func<Task<(T? Value, long Bytes)>> make, CancellationToken cancellationToken)
        where T : class
    {
        var pending = (CurrentCaller.Partition, key);
        while (true)
        {
            if (Find<T>(key) is { } kept)
            {
                return kept;
            }

            var own = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = _pending.GetOrAdd(pending, own.Task);
            if (first == own.Task)
            {
                return await MakeAsync(pending, make, own);
            }

            // Null when the first caller failed or disconnected; this one then tries itself.
            if (await first.WaitAsync(cancellationToken) is { } outcome)
            {
                return (T?)outcome.Value ?? (await make()).Value;
            }
        }
    }

    /// <summary>
    /// Returns the key of a query's coverage. Queries that differ only in order, limit or page share it, because reading the coverage takes as long as a small
    /// response.
    /// </summary>
    public static string CreateCoverageKey(Snapshot snapshot, QueryRequest query)
    {
        var shareOf = query.HasShare ? QuerySql.BuildCoverage(query.ToWhole(), snapshot.Id, dated: true).ToInlinedSql() : "";
        var growth = QuerySql.BuildGrowthCoverage(query, snapshot.Id)?.ToInlinedSql();
        return CreateKey(snapshot, $"coverage {query.IsTimeBased} {QuerySql.BuildCoverage(query, snapshot.Id, dated: true).ToInlinedSql()} {shareOf} {growth}");
    }

    /// <summary>Returns a key that contains the snapshot's time, because a recreated ledger uses the same snapshot numbers again.</summary>
    public static string CreateKey(Snapshot snapshot, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{snapshot.Id} {snapshot.PublishedAt.Ticks} {key}");

    /// <summary>Returns a cache for the names of a snapshot, so that resolving the names of requests reads each list of names once.</summary>
    public NameCache CreateNameCache(Snapshot snapshot) => async (key, read) =>
    {
        var full = CreateKey(snapshot, key);
        if (Find<IReadOnlyList<KnownName>>(full) is { } kept)
        {
            return kept;
        }

        var names = await read();
        Set(full, names, names.Sum(name => NameBytes + (NameLetterBytes * name.Name.Length)));
        return names;
    };

    public void Dispose() => _memory.Dispose();

    private async Task<T?> MakeAsync<T>((string Caller, object Key) pending, Func<Task<(T? Value, long Bytes)>> make, TaskCompletionSource<Outcome?> own)
        where T : class
    {
        Outcome? outcome = null;
        try
        {
            var (value, bytes) = await make();
            outcome = new(value);
            if (value is not null)
            {
                Set(pending.Key, value, bytes);
            }

            return value;
        }
        finally
        {
            _pending.TryRemove(new(pending, own.Task));
            own.SetResult(outcome);
        }
    }

    private readonly record struct Outcome(object? Value);
}
