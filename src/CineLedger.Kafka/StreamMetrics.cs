using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CineLedger.Kafka;

/// <summary>Stream metrics of the meter <c>CineLedger</c>, listed in docs/monitoring.md.</summary>
internal static class StreamMetrics
{
    private static readonly Meter Meter = new("CineLedger");
    private static readonly ConcurrentDictionary<string, long> Lags = [];
    private static readonly ConcurrentDictionary<string, long> Unpublished = [];
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>(
        "cineledger.stream.messages", "{message}", "Messages consumed into the ledger, including rejected ones.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("cineledger.stream.rejected", "{message}", "Rejected messages.");

    private static readonly Counter<long> Changes = Meter.CreateCounter<long>("cineledger.changes.published", "{message}", "Messages published about changed movies.");

    static StreamMetrics()
    {
        Meter.CreateObservableGauge("cineledger.stream.lag", () => MeasureByTopic(Lags), "{message}", "Messages not yet consumed in the partitions assigned to this process.");
        Meter.CreateObservableGauge(
            "cineledger.changes.behind", () => MeasureByTopic(Unpublished), "{snapshot}", "Snapshots whose changes are not yet published, on the server that publishes them.");
    }

    public static void RecordConsumed(string topic, int messages, int rejected, long lag)
    {
        Lags[topic] = lag;
        var tag = new KeyValuePair<string, object?>("topic", topic);
        Messages.Add(messages, tag);
        Rejected.Add(rejected, tag);
    }

    /// <summary>Removes the lag of a consumer that has stopped.</summary>
    public static void RemoveLag(string topic) => Lags.TryRemove(topic, out _);

    /// <summary>Counts the messages of a published snapshot.</summary>
    public static void RecordPublished(string topic, int messages) => Changes.Add(messages, new KeyValuePair<string, object?>("topic", topic));

    /// <summary>Sets the number of snapshots that the topic lacks.</summary>
    public static void RecordUnpublished(string topic, int snapshots) => Unpublished[topic] = snapshots;

    /// <summary>Removes the number: another server publishes now.</summary>
    public static void RemoveUnpublished(string topic) => Unpublished.TryRemove(topic, out _);

    private static IEnumerable<Measurement<long>> MeasureByTopic(ConcurrentDictionary<string, long> values) =>
        values.Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>("topic", value.Key)));
}
