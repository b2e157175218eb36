using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace CineLedger.Web.Dashboard;

/// <summary>
/// What pages are made of, and pages as they went out, for as long as there is room. Each thing is of one snapshot, which never changes, so
/// nothing here ever grows old.
/// </summary>
public sealed class PageCache(WebOptions options) : IDisposable
{
    /// <summary>Pages take a part of the room that answers have: they are asked for by people.</summary>
    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = Math.Max(options.CacheBytes / 2, 1 << 20) });
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    /// <summary>Finds a thing, or has it made: by one caller at a time, whom others wait for.</summary>
    /// <param name="key">Everything that makes it what it is.</param>
    /// <param name="make">Makes it, and says how many bytes it takes.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<T> GetAsync<T>(string key, Func<Task<(T Value, long Bytes)>> make, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (_memory.TryGetValue(key, out T? kept))
            {
                return kept!;
            }

            var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = _underWay.GetOrAdd(key, own.Task);
            if (first != own.Task)
            {
                // Whether it was made or not: who made it may have gone away, which is no reason to.
                await first.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                var (value, bytes) = await make();
                _memory.Set(key, value, new MemoryCacheEntryOptions { Size = bytes + (2 * key.Length) + 200 });
                return value;
            }
            finally
            {
                _underWay.TryRemove(new(key, own.Task));
                own.SetResult();
            }
        }
    }

    public void Dispose() => _memory.Dispose();
}
