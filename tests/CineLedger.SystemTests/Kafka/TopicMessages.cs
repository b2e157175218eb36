using System.Text;
using CineLedger.Tests.Support;
using Confluent.Kafka;

namespace CineLedger.SystemTests.Kafka;

/// <summary>Reads the messages of a topic as any other program would.</summary>
internal static class TopicMessages
{
    /// <summary>Waits until the topic holds at least this many messages, and returns them all, in order within each partition.</summary>
    public static async Task<List<ConsumeResult<byte[], byte[]?>>> ReadAsync(MockCluster kafka, string topic, int partitions, int count)
    {
        var config = new ConsumerConfig { BootstrapServers = kafka.Bootstrap, GroupId = "looking", AutoOffsetReset = AutoOffsetReset.Earliest, EnablePartitionEof = true };
        using var consumer = new ConsumerBuilder<byte[], byte[]?>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var messages = new List<ConsumeResult<byte[], byte[]?>>();
        var ended = new HashSet<Partition>();
        await Wait.UntilAsync($"{count} messages in {topic}", () =>
        {
            while (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { } message)
            {
                if (message.IsPartitionEOF)
                {
                    ended.Add(message.Partition);
                }
                else
                {
                    ended.Remove(message.Partition);
                    messages.Add(message);
                }
            }

            return messages.Count >= count && ended.Count == partitions;
        });
        return messages;
    }

    public static string Header(ConsumeResult<byte[], byte[]?> message, string name) => Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));
}
