using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace CineLedger.SystemTests.Kafka;

/// <summary>What stands in a topic, as any other program would read it.</summary>
internal static class TopicMessages
{
    /// <summary>Its messages, each partition's in their order: waits until there are so many, and a little longer (<paramref name="patience"/>) for those that should not come.</summary>
    public static List<ConsumeResult<byte[], byte[]?>> Read(MockCluster kafka, string topic, int partitions, int count, TimeSpan? patience = null)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]?>(new ConsumerConfig { BootstrapServers = kafka.Bootstrap, GroupId = "looking", AutoOffsetReset = AutoOffsetReset.Earliest })
            .SetLogHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var messages = new List<ConsumeResult<byte[], byte[]?>>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(messages.Count < count ? 40 : 0);)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } message)
                messages.Add(message);
        }

        while (consumer.Consume(patience ?? TimeSpan.FromMilliseconds(500)) is { } more)
            messages.Add(more);
        return messages;
    }

    public static string Header(ConsumeResult<byte[], byte[]?> message, string name) => Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));
}
