using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CineLedger.Kafka;

/// <summary>What is counted of streams: a part of the meter <c>CineLedger</c>, which docs/monitoring.md lists.</summary>
internal static class StreamMetrics
{
    private static readonly Meter Meter = new("CineLedger");
    private static readonly ConcurrentDictionary<string, long> Lags = [];
    private static readonly ConcurrentDictionary<string, long> Unpublished = [];
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("cineledger.stream.messages", "{message}", "Messages taken into the ledger, rejected ones included.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("cineledger.stream.rejected", "{message}", "Messages that could not be used.");

    private static readonly Counter<long> Changes = Meter.CreateCounter<long>("cineledger.changes.published", "{message}", "Messages that told other programs of changed movies.");

    static StreamMetrics()
    {
        Meter.CreateObservableGauge("cineledger.stream.lag", () => MeasureByTopic(Lags), "{message}", "Messages that wait in the partitions of this process.");
        Meter.CreateObservableGauge("cineledger.changes.behind", () => MeasureByTopic(Unpublished), "{snapshot}", "Snapshots whose changes the topic lacks, where this server publishes them.");
    }

    public static void RecordConsumed(string topic, int messages, int rejected, long lag)
    {
        Lags[topic] = lag;
        var tag = new KeyValuePair<string, object?>("topic", topic);
        Messages.Add(messages, tag);
        Rejected.Add(rejected, tag);
    }

    /// <summary>A consumer that has ended has no lag to speak of.</summary>
    public static void RemoveLag(string topic) => Lags.TryRemove(topic, out _);

    /// <summary>A snapshot's changes are in the topic.</summary>
    public static void RecordPublished(string topic, int messages) => Changes.Add(messages, new KeyValuePair<string, object?>("topic", topic));

    /// <summary>How many snapshots the topic lacks.</summary>
    public static void RecordUnpublished(string topic, int snapshots) => Unpublished[topic] = snapshots;

    /// <summary>It is another server's to say.</summary>
    public static void RemoveUnpublished(string topic) => Unpublished.TryRemove(topic, out _);

    private static IEnumerable<Measurement<long>> MeasureByTopic(ConcurrentDictionary<string, long> values) =>
        values.Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>("topic", value.Key)));
}
