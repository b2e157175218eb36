using System.Diagnostics;
using System.Diagnostics.Metrics;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>What the library counts, wherever a load was begun: a part of the meter <c>CineLedger</c>, which docs/monitoring.md lists.</summary>
public static class LedgerMetrics
{
    private static readonly Meter Meter = new("CineLedger");
    private static readonly long[,] LoadsByTriggerAndResult = new long[LoadNames.Triggers.Count, LoadNames.States.Count];
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "cineledger.load.duration", "s", "How long loads took, by what became of them.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
        });

    private static long _started;
    private static long _running;
    private static long _records;

    /// <summary>Who asks for it has the loads counted from then on: they begin at 0.</summary>
    public static string MeterName => Meter.Name;

    static LedgerMetrics()
    {
        // Counted here and looked at when somebody asks: so each is there from the start, as 0.
        Meter.CreateObservableCounter("cineledger.loads.started", () => Volatile.Read(ref _started), "{load}", "Loads that were begun.");
        Meter.CreateObservableCounter(
            "cineledger.loads",
            Measure,
            "{load}",
            "Loads that ended, by what became of them and what had begun them.");
        Meter.CreateObservableGauge("cineledger.loads.running", () => Volatile.Read(ref _running), "{load}", "Loads under way.");
        Meter.CreateObservableCounter("cineledger.load.records", () => Volatile.Read(ref _records), "{record}", "Records of movies that loads have read.");
    }

    /// <summary>A load ended, whether or not it came as far as reading.</summary>
    internal static void RecordEnd(LoadRecord load) => Interlocked.Increment(ref LoadsByTriggerAndResult[(int)load.Trigger!.Value, (int)load.State]);

    /// <summary>Runs the reading part of a load and counts it.</summary>
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
            result = LoadNames.Get(error is QualityGateException ? LoadState.Gated : LoadState.Cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("result", result));
        }
    }

    private static IEnumerable<Measurement<long>> Measure() =>
        from trigger in Enum.GetValues<LoadTrigger>()
        from state in Enum.GetValues<LoadState>()
        where state is not (LoadState.Running or LoadState.Lost)
        select new Measurement<long>(
            Volatile.Read(ref LoadsByTriggerAndResult[(int)trigger, (int)state]),
            new KeyValuePair<string, object?>("result", LoadNames.Get(state)),
            new KeyValuePair<string, object?>("trigger", LoadNames.Get(trigger)));
}
