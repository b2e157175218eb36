using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Measure;

/// <summary>
/// Measures uncached reports and queries of a running server and, alternately, their SQL alone on a connection of this process. Both read
/// every row. For bench/serve.sh.
/// </summary>
internal static class ServedReportBenchmark
{
    /// <summary>Unmeasured runs of each request at first, so that the server's code is fully compiled.</summary>
    private const int Warming = 40;

    /// <param name="address">The server's address, without a trailing slash.</param>
    /// <param name="store">The server's ledger, which other processes must be able to read.</param>
    /// <param name="runs">The number of measured runs of each request.</param>
    public static async Task<int> RunAsync(string address, string store, int runs)
    {
        using var client = new HttpClient();
        await using var ledger = await StoreEngine.Get(store).OpenReadOnlyAsync(store, null, default);
        var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, default);
        Console.WriteLine("| uncached, median of " + runs + " | rows | served ms | SQL alone ms | ratio |\n|---|---:|---:|---:|---:|");
        foreach (var query in BenchmarkQuery.All)
        {
            foreach (var (format, limit) in new[] { ("json", 1_000), ("csv", 2_000_000) })
            {
                List<double> served = [], alone = [];
                var rows = 0L;
                for (var run = -Warming; run < runs; run++)
                {
                    // Each run has a new limit: the same work, but not in the cache.
                    var clock = Stopwatch.StartNew();
                    (await client.GetByteArrayAsync(new Uri($"{address}{query.Path}format={format}&limit={limit - Warming - run}"))).AsSpan();
                    var (ours, theirs) = (clock.Elapsed.TotalMilliseconds, 0.0);

                    clock.Restart();
                    rows = await CountAsync(ledger, query.Query(limit - Warming - run), snapshot);
                    theirs = clock.Elapsed.TotalMilliseconds;
                    if (run >= 0)
                    {
                        served.Add(ours);
                        alone.Add(theirs);
                    }
                }

                Console.WriteLine(FormattableString.Invariant(
                    $"| `{query.Name}`, {format} | {rows:N0} | {Median(served):0.0} | {Median(alone):0.0} | {Median(served) / Median(alone):0.00} |"));
            }
        }

        return 0;
    }

    private static async Task<long> CountAsync(Ledger ledger, QueryRequest request, Snapshot snapshot)
    {
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, snapshot, default);
        var rows = 0L;
        while (await result.Rows.ReadAsync())
        {
            rows++;
        }

        return rows;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
