using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Measure;

/// <summary>
/// Reports and queries that no cache holds, asked of a running server, beside their SQL alone on a connection of this process, in turns: for
/// bench/serve.sh. Both read every row.
/// </summary>
internal static class ServedReportBenchmark
{
    /// <summary>Each is asked so often before it counts: a server has long been compiled when it matters.</summary>
    private const int Warming = 40;

    /// <param name="address">The server's, without a slash at the end.</param>
    /// <param name="store">Its ledger, open to other readers.</param>
    /// <param name="runs">How often each is asked for.</param>
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
                    // A limit that nobody has asked for yet: the same work, another answer.
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
