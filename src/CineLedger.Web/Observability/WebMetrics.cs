using System.Diagnostics;
using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>
/// What the server counts, beside what ASP.NET, Npgsql and the runtime count of themselves: the meter <c>CineLedger</c>. docs/monitoring.md
/// lists it all. What is asked for on every request is a number that is looked at when somebody collects: it costs nothing before.
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

    /// <param name="meter">Belongs to the caller.</param>
    /// <param name="pool">The ledger.</param>
    /// <param name="gauges">Those of the newest snapshot.</param>
    /// <param name="hosts">The servers that the ledger lies on.</param>
    /// <param name="disks">Those that are written to.</param>
    internal WebMetrics(Meter meter, LedgerPool pool, SnapshotGauges gauges, StoreHostMetrics hosts, DiskSpaceMetrics disks)
    {
        _meter = meter;
        _queryDuration = meter.CreateHistogram("cineledger.query.duration", "s", "How long questions to the ledger took, by resource and result.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
        });
        meter.CreateObservableGauge("cineledger.queries.running", () => Volatile.Read(ref _running), "{query}", "Questions that the ledger is answering.");
        meter.CreateObservableCounter(
            "cineledger.cache.requests",
            () => (Measurement<long>[])[CreateMeasurement(ref _hits, "hit"), CreateMeasurement(ref _misses, "miss"), CreateMeasurement(ref _notModified, "not_modified")],
            "{request}",
            "Requests for answers: found in memory, put to the ledger, or a 304.");
        meter.CreateObservableGauge<long>("cineledger.snapshot.number", () => pool.Newest is { } newest ? newest.Id : 0, null, "The newest snapshot that can be read here; 0 for none.");
        meter.CreateObservableGauge(
            "cineledger.snapshot.age",
            () => pool.Newest is { } newest ? (Measurement<double>[])[new((DateTime.UtcNow - newest.PublishedAt).TotalSeconds)] : [],
            "s",
            "Since the newest snapshot was published.");
        meter.CreateObservableGauge(
            "cineledger.snapshot.movies",
            () => pool.Newest is { } newest ? (Measurement<long>[])[new(newest.Movies)] : [],
            "{movie}",
            "Movies of the newest snapshot.");
        meter.CreateObservableGauge("cineledger.findings", gauges.MeasureFindings, "{finding}", "Findings of the newest snapshot's load, by kind and rule.");
        meter.CreateObservableGauge("cineledger.amount.coverage.ratio", gauges.MeasureCoverage, null, "Share of the newest snapshot's movies of which an amount is known.");
        meter.CreateObservableGauge("cineledger.store.up", hosts.MeasureUp, null, "Whether a server that the ledger lies on answered, by its role.");
        meter.CreateObservableGauge("cineledger.standby.lag", hosts.MeasureLagSeconds, "s", "How old the newest change is that a standby has applied; 0 where it has all.");
        meter.CreateObservableGauge("cineledger.standby.missing", hosts.MeasureLagBytes, "By", "What a standby has yet to apply of the primary's log.");
        meter.CreateObservableGauge("cineledger.disk.free", disks.MeasureFree, "By", "Room on the disks of the ledger and of temporary files.");
        meter.CreateObservableGauge("cineledger.disk.size", disks.MeasureSize, "By", "Size of the disks of the ledger and of temporary files.");
        meter.CreateObservableGauge<long>("cineledger.pool.connections", () => pool.Rented, "{connection}", "Connections to the store in use.");
        meter.CreateObservableGauge(
            "cineledger.store.memory",
            () => pool.ReadMemory().Select(part => new Measurement<long>(part.Bytes, new KeyValuePair<string, object?>("part", part.Part))),
            "By",
            "What a DuckDB ledger holds of this process's memory, by what for.");
        meter.CreateObservableGauge("cineledger.event.listeners", () => Volatile.Read(ref _listeners), "{listener}", "Who listens for new snapshots at the moment.");
        meter.CreateObservableCounter(
            "cineledger.webhook.deliveries",
            () => (Measurement<long>[])[CreateMeasurement(ref _delivered, "delivered"), CreateMeasurement(ref _undelivered, "failed")],
            "{delivery}",
            "Tries to deliver a webhook, by result.");
    }

    /// <summary>An answer was in memory.</summary>
    internal void CacheHit() => Interlocked.Increment(ref _hits);

    /// <summary>An answer had to be made.</summary>
    internal void CacheMiss() => Interlocked.Increment(ref _misses);

    /// <summary>The caller had the answer already.</summary>
    internal void NotModified() => Interlocked.Increment(ref _notModified);

    /// <summary>Somebody listens for new snapshots, until what is returned is disposed.</summary>
    public IDisposable BeginListening()
    {
        Interlocked.Increment(ref _listeners);
        return new ListenerScope(this);
    }

    /// <summary>A webhook was tried.</summary>
    public void RecordDelivery(bool delivered) => Interlocked.Increment(ref delivered ? ref _delivered : ref _undelivered);

    /// <summary>A question is being put to the ledger, until what is returned is disposed.</summary>
    internal RunningQuery BeginQuery(string resource)
    {
        Interlocked.Increment(ref _running);
        return new RunningQuery(this, resource);
    }

    internal void ObserveCache(Func<long> bytes, Func<long> entries)
    {
        _meter.CreateObservableGauge("cineledger.cache.size", bytes, "By", "What the answers in memory take, about.");
        _meter.CreateObservableGauge("cineledger.cache.entries", entries, "{entry}", "Answers, and requests that are known, in memory.");
    }

    private static Measurement<long> CreateMeasurement(ref long count, string result) => new(Volatile.Read(ref count), new KeyValuePair<string, object?>("result", result));

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

    /// <summary>Counted as failed where nobody says that it succeeded.</summary>
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
