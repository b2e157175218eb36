using System.Collections.Concurrent;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Caching.Memory;

namespace CineLedger.Web.Http;

/// <summary>
/// Keeps what was made of a snapshot: responses, pages and what pages are made of. A snapshot never changes, so an entry only goes when there is
/// no more room. A value is made by one caller at a time, for whom the others wait.
/// </summary>
public sealed class SnapshotCache : IDisposable
{
    /// <summary>What an entry takes beside its text and value, about.</summary>
    private const int EntryBytes = 500;

    private readonly MemoryCache _memory;
    private readonly ConcurrentDictionary<object, Task<Outcome?>> _underWay = new();

    public SnapshotCache(WebOptions options, WebMetrics metrics)
    {
        _memory = new(new MemoryCacheOptions { SizeLimit = options.CacheBytes, TrackStatistics = true });
        metrics.ObserveCache(() => _memory.GetCurrentStatistics()!.CurrentEstimatedSize ?? 0, () => _memory.Count);
    }

    public T? Find<T>(object key)
        where T : class => _memory.TryGetValue(key, out T? value) ? value : null;

    /// <param name="key">Everything that makes the value what it is.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="bytes">What key and value take, about.</param>
    public void Set(object key, object value, long bytes)
    {
        using var entry = _memory.CreateEntry(key);
        entry.Size = EntryBytes + bytes;
        entry.Value = value;
    }

    /// <summary>Finds a value, or has it made. Null when it was too large to keep: then <paramref name="make"/> has dealt with it.</summary>
    /// <param name="key">Everything that makes the value what it is.</param>
    /// <param name="make">Makes it, and says how many bytes key and value take; null for a value that is too large to keep.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<T?> GetAsync<T>(object key, Func<Task<(T? Value, long Bytes)>> make, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (Find<T>(key) is { } kept)
            {
                return kept;
            }

            var own = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = _underWay.GetOrAdd(key, own.Task);
            if (first == own.Task)
            {
                return await MakeAsync(key, make, own);
            }

            // Null when the first caller failed or went away, which is no reason for this one to.
            if (await first.WaitAsync(cancellationToken) is { } outcome)
            {
                return (T?)outcome.Value ?? (await make()).Value;
            }
        }
    }

    /// <summary>The key of what a query rests on. Queries that differ in their order, their length or their page share it: it takes as long to read as a small response.</summary>
    public static string CoverageKey(Snapshot snapshot, QueryRequest query) =>
        KeyOf(snapshot, $"coverage {query.IsOfTime} {QuerySql.BuildCoverage(query, snapshot.Id, dated: true).ToInlinedSql()}");

    /// <summary>Tells a snapshot from all others: a ledger that was made anew has the same numbers, but not the same times.</summary>
    public static string KeyOf(Snapshot snapshot, string key) => string.Create(CultureInfo.InvariantCulture, $"{snapshot.Id} {snapshot.PublishedAt.Ticks} {key}");

    public void Dispose() => _memory.Dispose();

    private async Task<T?> MakeAsync<T>(object key, Func<Task<(T? Value, long Bytes)>> make, TaskCompletionSource<Outcome?> own)
        where T : class
    {
        Outcome? outcome = null;
        try
        {
            var (value, bytes) = await make();
            outcome = new(value);
            if (value is not null)
            {
                Set(key, value, bytes);
            }

            return value;
        }
        finally
        {
            _underWay.TryRemove(new(key, own.Task));
            own.SetResult(outcome);
        }
    }

    private readonly record struct Outcome(object? Value);
}
