using CineLedger.Model;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>Writes messages to a topic, exactly once and in order, even when the client has to retry.</summary>
internal sealed class TopicWriter : IDisposable
{
    /// <summary>Maximum message size; leaves room for movies with long texts and for messages of other programs.</summary>
    private const int MaxMessageBytes = 32 << 20;

    private readonly BrokerErrorLog _brokerErrors;
    private readonly string _brokers;
    private readonly string _topic;
    private readonly IProducer<byte[], byte[]?> _producer;
    private Error? _failure;

    public TopicWriter(BrokerOptions brokers, string topic, ILogger logger)
    {
        (_brokers, _topic, _brokerErrors) = (brokers.Brokers, topic, new BrokerErrorLog(brokers.Brokers, logger));
        _producer = brokers.Build(
            new ProducerConfig
            {
                EnableIdempotence = true,
                LingerMs = 20,
                CompressionType = CompressionType.Lz4,
                MessageMaxBytes = MaxMessageBytes,
                QueueBufferingMaxKbytes = 64 << 10,

                // Chooses the partition of a key like the Java client.
                Partitioner = Partitioner.Murmur2Random,
            },
            config => new ProducerBuilder<byte[], byte[]?>(config).SetErrorHandler((_, error) => _brokerErrors.OnError(error)).SetLogHandler((_, _) => { }).Build());
    }

    /// <summary>Writes messages and returns once the brokers have all of them. Throws <see cref="LedgerException"/> when they reject one.</summary>
    public async Task WriteAsync(IEnumerable<Message<byte[], byte[]>> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            await WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Queues a message; waits while the queue is full. A null value deletes the key.</summary>
    public async Task WriteAsync(Message<byte[], byte[]> message, CancellationToken cancellationToken)
    {
        while (true)
        {
            ThrowIfFailed();
            try
            {
                _producer.Produce(_topic, message!, OnDelivered);
                return;
            }
            catch (ProduceException<byte[], byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }
            catch (KafkaException error)
            {
                throw BrokerErrorLog.CreateException(_brokers, error);
            }
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (await Task.Run(() => _producer.Flush(TimeSpan.FromMilliseconds(200)), cancellationToken).ConfigureAwait(false) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        ThrowIfFailed();
    }

    public void Dispose() => _producer.Dispose();

    private void OnDelivered(DeliveryReport<byte[], byte[]?> report)
    {
        if (report.Error.IsError)
        {
            Interlocked.CompareExchange(ref _failure, report.Error, null);
        }
        else
        {
            _brokerErrors.OnRecovered();
        }
    }

    private void ThrowIfFailed()
    {
        // Reported once: a retry may succeed.
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw new LedgerException($"{_brokers}, topic {_topic}: {BrokerErrorLog.Describe(failure) ?? failure.Reason}");
        }
    }
}
