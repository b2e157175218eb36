using System.Diagnostics;
using System.Globalization;

namespace CineLedger.Measure;

/// <summary>
/// The memory of the server's process, and the parts that its metrics report: the garbage collector's heap, the store, and the response
/// cache. All in MB.
/// </summary>
internal sealed class SoakMemory(HttpClient client, string address, int process)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly List<Dictionary<string, double>> _maxima = [];

    public async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(Every);
            while (await timer.WaitForNextTickAsync(stop))
            {
                using var server = Process.GetProcessById(process);
                var now = new Dictionary<string, double> { ["process"] = server.WorkingSet64 };
                _maxima.Add(now);
                foreach (var line in (await client.GetStringAsync(new Uri($"{address}/metrics"), stop)).Split('\n'))
                {
                    Read(line, now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is up.
        }
    }

    /// <summary>Returns one line per part, with the largest value of each minute.</summary>
    public IEnumerable<string> Lines()
    {
        var minutes = _maxima.Chunk((int)(TimeSpan.FromMinutes(1) / Every)).ToArray();
        foreach (var part in _maxima.SelectMany(now => now.Keys).Distinct())
        {
            var values = minutes.Select(minute => minute.Max(now => now.GetValueOrDefault(part)) / (1 << 20));
            yield return $"{part}, MB: {string.Join(" ", values.Select(value => value.ToString("0", CultureInfo.InvariantCulture)))}";
        }
    }

    private static void Read(string line, Dictionary<string, double> now)
    {
        var name = line.Split('{', ' ')[0];
        if (name is "dotnet_gc_last_collection_heap_size_bytes" or "cineledger_cache_size_bytes" or "cineledger_store_memory_bytes")
        {
            var part = line[..line.LastIndexOf(' ')];
            now[part] = now.GetValueOrDefault(part) + double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }
    }
}
