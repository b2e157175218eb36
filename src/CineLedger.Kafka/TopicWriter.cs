using CineLedger.Model;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>Writes messages to a topic, each once and in order, however often the brokers have to be asked.</summary>
internal sealed class TopicWriter : IDisposable
{
    /// <summary>Movies with long texts, and what others have put into a topic.</summary>
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

                // As clients in Java choose a key's partition.
                Partitioner = Partitioner.Murmur2Random,
            },
            config => new ProducerBuilder<byte[], byte[]?>(config).SetErrorHandler((_, error) => _brokerErrors.OnError(error)).SetLogHandler((_, _) => { }).Build());
    }

    /// <summary>Returns once the brokers have all of it. Throws <see cref="LedgerException"/> where they do not take it.</summary>
    public async Task WriteAsync(IEnumerable<Message<byte[], byte[]>> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            await WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a message; waits where many are under way. A null value says that the key is gone.</summary>
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
        // Told once: whoever tries again may succeed.
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw new LedgerException($"{_brokers}, topic {_topic}: {BrokerErrorLog.Explain(failure) ?? failure.Reason}");
        }
    }
}
