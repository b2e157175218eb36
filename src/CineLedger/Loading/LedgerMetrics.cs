using System.Diagnostics;
using System.Diagnostics.Metrics;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>The library's metrics of loads, regardless of their trigger: a part of the meter <c>CineLedger</c>, which docs/monitoring.md describes.</summary>
public static class LedgerMetrics
{
    private static readonly Meter Meter = new("CineLedger");
    private static readonly long[,] LoadsByTriggerAndResult = new long[LoadNames.Triggers.Count, LoadNames.States.Count];
    private static readonly long[,] LoadsByGateAndResult = new long[QualityGates.AllNames.Count, 2];
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "cineledger.load.duration", "s", "Duration of loads by result.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
        });

    private static long _started;
    private static long _running;
    private static long _records;

    /// <summary>Gets the name of the meter. Reading it creates the counters, which start at 0.</summary>
    public static string MeterName => Meter.Name;

    static LedgerMetrics()
    {
        // Observable counters, so that each series exists from the start with the value 0.
        Meter.CreateObservableCounter("cineledger.loads.started", () => Volatile.Read(ref _started), "{load}", "Loads started.");
        Meter.CreateObservableCounter(
            "cineledger.loads",
            Measure,
            "{load}",
            "Loads ended, by result and trigger.");
        Meter.CreateObservableCounter("cineledger.load.gates", MeasureGates, "{load}", "Loads, pushes and consumed batches that a quality gate stopped, or that were published because it was accepted.");
        Meter.CreateObservableGauge("cineledger.loads.running", () => Volatile.Read(ref _running), "{load}", "Loads in progress.");
        Meter.CreateObservableCounter("cineledger.load.records", () => Volatile.Read(ref _records), "{record}", "Movie records read by loads.");
    }

    /// <summary>Records the end of a load, whether or not it started reading.</summary>
    internal static void RecordEnd(LoadRecord load)
    {
        Interlocked.Increment(ref LoadsByTriggerAndResult[(int)load.Trigger!.Value, (int)load.State]);
        foreach (var violation in load.Violations.DistinctBy(violation => violation.Gate))
        {
            Interlocked.Increment(ref LoadsByGateAndResult[QualityGates.AllNames.ToList().IndexOf(violation.Gate), violation.AcceptedBy is null ? 0 : 1]);
        }
    }

    /// <summary>Runs and measures the reading part of a load.</summary>
    internal static async Task<LoadSummary> CountAsync(Func<Task<LoadSummary>> load)
    {
        var started = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _started);
        Interlocked.Increment(ref _running);
        var result = "failed";
        try
        {
            var summary = await load().ConfigureAwait(false);
            result = summary.IsPublished ? "published" : "unchanged";
            Interlocked.Add(ref _records, summary.Records);
            return summary;
        }
        catch (Exception error) when (error is QualityGateException or OperationCanceledException)
        {
            result = LoadNames.GetName(error is QualityGateException ? LoadState.Gated : LoadState.Cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("result", result));
        }
    }

    private static IEnumerable<Measurement<long>> MeasureGates() =>
        from gate in Enumerable.Range(0, QualityGates.AllNames.Count)
        from isAccepted in (bool[])[false, true]
        select new Measurement<long>(
            Volatile.Read(ref LoadsByGateAndResult[gate, isAccepted ? 1 : 0]),
            new KeyValuePair<string, object?>("gate", QualityGates.AllNames[gate]),
            new KeyValuePair<string, object?>("result", isAccepted ? "accepted" : "stopped"));

    private static IEnumerable<Measurement<long>> Measure() =>
        from trigger in Enum.GetValues<LoadTrigger>()
        from state in Enum.GetValues<LoadState>()
        where state is not (LoadState.Running or LoadState.Lost)
        select new Measurement<long>(
            Volatile.Read(ref LoadsByTriggerAndResult[(int)trigger, (int)state]),
            new KeyValuePair<string, object?>("result", LoadNames.GetName(state)),
            new KeyValuePair<string, object?>("trigger", LoadNames.GetName(trigger)));
}
