using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CineLedger.Streaming.Kafka;

/// <summary>What is counted of streams: a part of the meter <c>CineLedger</c>, which docs/monitoring.md lists.</summary>
internal static class StreamMetrics
{
    private static readonly Meter Meter = new("CineLedger");
    private static readonly ConcurrentDictionary<string, long> Lags = [];
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("cineledger.stream.messages", "{message}", "Messages taken into the ledger, rejected ones included.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("cineledger.stream.rejected", "{message}", "Messages that could not be used.");

    static StreamMetrics() => Meter.CreateObservableGauge(
        "cineledger.stream.lag",
        () => Lags.Select(lag => new Measurement<long>(lag.Value, new KeyValuePair<string, object?>("topic", lag.Key))),
        "{message}",
        "Messages that wait in the partitions of this process.");

    public static void Taken(string topic, int messages, int rejected, long lag)
    {
        Lags[topic] = lag;
        var tag = new KeyValuePair<string, object?>("topic", topic);
        Messages.Add(messages, tag);
        Rejected.Add(rejected, tag);
    }

    /// <summary>A consumer that has ended has no lag to speak of.</summary>
    public static void Forget(string topic) => Lags.TryRemove(topic, out _);
}
