using CineLedger.Model;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Reads the state of a topic: the last message of each movie, as a fingerprint of its content. The topic is the only record of what was published,
/// so after an interrupted publication the next one detects which messages arrived.
/// </summary>
internal static class TopicState
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Returns the fingerprints by movie id, without removed movies.</summary>
    /// <exception cref="LedgerException">The topic does not exist, or the brokers do not respond.</exception>
    public static async Task<Dictionary<long, long>> ReadAsync(BrokerOptions brokers, string topic, ILogger logger, CancellationToken cancellationToken)
    {
        var brokerErrors = new BrokerErrorLog(brokers.Brokers, logger);
        using var consumer = brokers.Build(
            new ConsumerConfig { GroupId = "cineledger-publish", EnableAutoCommit = false, EnablePartitionEof = true, QueuedMaxMessagesKbytes = 32 << 10 },
            config => new ConsumerBuilder<byte[], byte[]>(config).SetErrorHandler((_, error) => brokerErrors.OnError(error)).SetLogHandler((_, _) => { }).Build());
        try
        {
            return await Task.Run(() => Read(consumer, GetPartitions(consumer, topic), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaException error)
        {
            throw BrokerErrorLog.CreateException($"{brokers.Brokers}, topic {topic}", error);
        }
    }

    private static List<TopicPartition> GetPartitions(IConsumer<byte[], byte[]> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, Timeout).Topics.Single(one => one.Topic == topic);
        return found.Error.IsError || found.Partitions.Count == 0
            ? throw new KafkaException(found.Error.IsError ? found.Error : new Error(ErrorCode.UnknownTopicOrPart))
            : [.. found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId))];
    }

    private static Dictionary<long, long> Read(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var (movies, reader, ended) = (new Dictionary<long, long>(), new MessageReader(""), new HashSet<Partition>());
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        while (ended.Count < partitions.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } message)
            {
                continue;
            }

            if (message.IsPartitionEOF)
            {
                ended.Add(message.Partition);
            }
            else if (reader.TryRead(message.Message, message.Offset.Value) && reader.Changes.Changes[^1] is var change)
            {
                // Messages that a consumer would reject are ignored here too.
                if (change.Movie is null)
                {
                    movies.Remove(change.Id);
                }
                else
                {
                    movies[change.Id] = change.Hash;
                }
            }

            reader.Changes.Changes.Clear();
            reader.Changes.Findings.Clear();
        }

        return movies;
    }
}
