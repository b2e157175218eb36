using System.Diagnostics;
using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>
/// The server's metrics in the meter <c>CineLedger</c>, in addition to those of ASP.NET Core, Npgsql and the runtime. docs/monitoring.md lists all of
/// them. Values that change with every request are plain counters that are read when metrics are collected, so they cost almost nothing.
/// </summary>
public sealed class WebMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _queryDuration;
    private long _hits;
    private long _misses;
    private long _notModified;
    private long _running;
    private long _listeners;
    private long _delivered;
    private long _undelivered;

    /// <param name="meter">The meter, which the caller disposes.</param>
    /// <param name="pool">The ledger.</param>
    /// <param name="gauges">The gauges of the newest snapshot.</param>
    /// <param name="hosts">The metrics of the database servers.</param>
    /// <param name="disks">The metrics of the disks.</param>
    internal WebMetrics(Meter meter, LedgerPool pool, SnapshotGauges gauges, StoreHostMetrics hosts, DiskSpaceMetrics disks)
    {
        _meter = meter;
        _queryDuration = meter.CreateHistogram("cineledger.query.duration", "s", "Duration of queries of the ledger, by resource and result.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
        });
        meter.CreateObservableGauge("cineledger.queries.running", () => Volatile.Read(ref _running), "{query}", "Running queries of the ledger.");
        meter.CreateObservableCounter(
            "cineledger.cache.requests",
            () => (Measurement<long>[])[CreateMeasurement(ref _hits, "hit"), CreateMeasurement(ref _misses, "miss"), CreateMeasurement(ref _notModified, "not_modified")],
            "{request}",
            "Requests for data, by result: cache hit, cache miss, or 304.");
        meter.CreateObservableGauge<long>(
            "cineledger.snapshot.number", () => pool.Newest is { } newest ? newest.Id : 0, null, "Number of the newest snapshot that this server can read; 0 without any.");
        meter.CreateObservableGauge(
            "cineledger.snapshot.age",
            () => pool.Newest is { } newest ? (Measurement<double>[])[new((DateTime.UtcNow - newest.PublishedAt).TotalSeconds)] : [],
            "s",
            "Time since the newest snapshot was published.");
        meter.CreateObservableGauge(
            "cineledger.snapshot.movies",
            () => pool.Newest is { } newest ? (Measurement<long>[])[new(newest.Movies)] : [],
            "{movie}",
            "Movies in the newest snapshot.");
        meter.CreateObservableGauge("cineledger.findings", gauges.MeasureFindings, "{finding}", "Findings in the load of the newest snapshot, by kind and rule.");
        meter.CreateObservableGauge("cineledger.amount.coverage.ratio", gauges.MeasureCoverage, null, "Share of movies in the newest snapshot whose amount is known.");
        meter.CreateObservableGauge("cineledger.store.up", hosts.MeasureUp, null, "Whether a database server of the ledger is up, by role.");
        meter.CreateObservableGauge("cineledger.standby.lag", hosts.MeasureLagSeconds, "s", "Age of the newest change applied by a standby; 0 when it is up to date.");
        meter.CreateObservableGauge("cineledger.standby.missing", hosts.MeasureLagBytes, "By", "Bytes of the primary's log that a standby has yet to apply.");
        meter.CreateObservableGauge("cineledger.disk.free", disks.MeasureFree, "By", "Free space on the disks of the ledger and of temporary files.");
        meter.CreateObservableGauge("cineledger.disk.size", disks.MeasureSize, "By", "Size of the disks of the ledger and of temporary files.");
        meter.CreateObservableGauge<long>("cineledger.pool.connections", () => pool.Rented, "{connection}", "Connections to the store in use.");
        meter.CreateObservableGauge(
            "cineledger.store.memory",
            () => pool.ReadMemory().Select(part => new Measurement<long>(part.Bytes, new KeyValuePair<string, object?>("part", part.Part))),
            "By",
            "Memory of this process used by a DuckDB ledger, by purpose.");
        meter.CreateObservableGauge("cineledger.event.listeners", () => Volatile.Read(ref _listeners), "{listener}", "Clients listening for new snapshots.");
        meter.CreateObservableCounter(
            "cineledger.webhook.deliveries",
            () => (Measurement<long>[])[CreateMeasurement(ref _delivered, "delivered"), CreateMeasurement(ref _undelivered, "failed")],
            "{delivery}",
            "Attempts to deliver a webhook, by result.");
    }

    internal void CacheHit() => Interlocked.Increment(ref _hits);

    internal void CacheMiss() => Interlocked.Increment(ref _misses);

    internal void NotModified() => Interlocked.Increment(ref _notModified);

    /// <summary>Counts a listener for new snapshots until the result is disposed.</summary>
    public IDisposable BeginListening()
    {
        Interlocked.Increment(ref _listeners);
        return new ListenerScope(this);
    }

    /// <summary>Counts an attempt to deliver a webhook.</summary>
    public void RecordDelivery(bool delivered) => Interlocked.Increment(ref delivered ? ref _delivered : ref _undelivered);

    /// <summary>Counts and times a query of the ledger until the result is disposed.</summary>
    internal RunningQuery BeginQuery(string resource)
    {
        Interlocked.Increment(ref _running);
        return new RunningQuery(this, resource);
    }

    internal void ObserveReaders(Func<long> waiting) =>
        _meter.CreateObservableGauge("cineledger.queries.waiting", waiting, "{query}", "Queries of the ledger that wait for a connection.");

    internal void ObserveSpool(Func<long> bytes) =>
        _meter.CreateObservableGauge("cineledger.spool.size", bytes, "By", "Size of the temporary files of responses that clients have not received yet.");

    internal void ObserveCache(Func<long> bytes, Func<long> entries)
    {
        _meter.CreateObservableGauge("cineledger.cache.size", bytes, "By", "Approximate size of the cached responses.");
        _meter.CreateObservableGauge("cineledger.cache.entries", entries, "{entry}", "Cached responses and parsed requests.");
    }

    private static Measurement<long> CreateMeasurement(ref long count, string result) =>
        new(Volatile.Read(ref count), new KeyValuePair<string, object?>("result", result));

    private sealed class ListenerScope(WebMetrics metrics) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                Interlocked.Decrement(ref metrics._listeners);
            }
        }
    }

    /// <summary>A running query, which counts as failed unless <see cref="SetSucceeded"/> is called.</summary>
    internal sealed class RunningQuery(WebMetrics metrics, string resource) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private string _result = "failed";

        public void SetSucceeded() => _result = "answered";

        public void Dispose()
        {
            Interlocked.Decrement(ref metrics._running);
            metrics._queryDuration.Record(
                Stopwatch.GetElapsedTime(_started).TotalSeconds,
                new KeyValuePair<string, object?>("resource", resource),
                new KeyValuePair<string, object?>("result", _result));
        }
    }
}
