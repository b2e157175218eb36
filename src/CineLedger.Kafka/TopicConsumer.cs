using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Streaming;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Loads the movies of a topic into a ledger as a member of a consumer group, one snapshot per batch. The offsets are stored in the ledger, in the same
/// transaction as the movies; those that brokers keep serve only their own tools. Batches are written one at a time. Meanwhile the client buffers at most
/// <see cref="MaxBufferedKilobytes"/>, so a slow ledger slows down only the reading.
/// </summary>
/// <param name="options">What to consume, and the batch size.</param>
/// <param name="open">Opens the ledger for one batch, once no other process writes to it.</param>
/// <param name="logger">Receives progress and problems.</param>
public sealed class TopicConsumer(ConsumerOptions options, Func<CancellationToken, Task<Ledger>> open, ILogger logger)
{
    /// <summary>Kilobytes that the client reads ahead.</summary>
    private const int MaxBufferedKilobytes = 32 << 10;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(2);

    private readonly BrokerErrorLog _brokerErrors = new(options.Brokers.Brokers, logger);
    private readonly HashSet<int> _ended = [];

    /// <summary>The offset stored in the ledger for each assigned partition; null for none.</summary>
    private readonly Dictionary<int, long?> _positions = [];

    /// <summary>The offset of the last dead letter of each partition, so that a batch read again does not send it twice.</summary>
    private readonly Dictionary<int, long> _deadLetters = [];

    private MessageBatch _batch = new(options.Topic);
    private CancellationToken _cancel;
    private bool _isMember;
    private long _consumed;

    /// <summary>
    /// Consumes until canceled, or with <see cref="ConsumerOptions.StopsAtEnd"/> until the end of the topic. Messages read but not written are read again
    /// next time.
    /// </summary>
    /// <param name="onStarted">Called once the options have been accepted.</param>
    /// <param name="cancellationToken">Stops the consumer.</param>
    /// <returns>The number of messages consumed.</returns>
    /// <exception cref="LedgerException">The topic cannot be consumed with these options.</exception>
    /// <exception cref="QualityGateException">A gate stopped a batch, whose messages are read again next time.</exception>
    public async Task<long> RunAsync(Func<Task> onStarted, CancellationToken cancellationToken)
    {
        _cancel = cancellationToken;
        using var consumer = Build();
        using var dead = options.DeadLetterTopic is null ? null : new TopicWriter(options.Brokers, options.DeadLetterTopic, logger);
        await onStarted().ConfigureAwait(false);
        consumer.Subscribe(options.Topic);
        try
        {
            while (!cancellationToken.IsCancellationRequested && !(options.StopsAtEnd && IsAtEnd))
            {
                // The client has only blocking calls, so they run on a thread-pool thread.
                await Task.Run(() => FillBatch(consumer), CancellationToken.None).ConfigureAwait(false);
                if (_batch.Count > 0 && !cancellationToken.IsCancellationRequested)
                {
                    await WriteBatchAsync(consumer, dead, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Canceled while waiting for the ledger.
        }
        catch (KafkaException error)
        {
            throw BrokerErrorLog.CreateException(options.Brokers.Brokers, error);
        }
        finally
        {
            // Leaves the group, so that the other members need not wait for the session timeout.
            await Task.Run(consumer.Close, CancellationToken.None).ConfigureAwait(false);
            StreamMetrics.RemoveLag(options.Topic);
        }

        return _consumed;
    }

    /// <summary>Whether all assigned partitions are consumed to the end. A group with more consumers than partitions has members without any partition.</summary>
    private bool IsAtEnd => _isMember && _ended.IsSupersetOf(_positions.Keys) && _batch.Count == 0;

    private IConsumer<byte[], byte[]> Build() => options.Brokers.Build(
        new ConsumerConfig
        {
            GroupId = options.Group,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = true,
            QueuedMaxMessagesKbytes = MaxBufferedKilobytes,
            FetchMaxBytes = 64 << 20,
            MaxPartitionFetchBytes = 4 << 20,
            FetchWaitMaxMs = 200,

            // The partitions of a dead consumer are reassigned after ten seconds.
            SessionTimeoutMs = 10_000,

            // A batch may have to wait for a whole load to finish.
            MaxPollIntervalMs = 3_600_000,
        },
        config => new ConsumerBuilder<byte[], byte[]>(config)
            .SetErrorHandler((_, error) => _brokerErrors.OnError(error))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => Revoke(partitions))
            .SetPartitionsLostHandler((_, partitions) => Revoke(partitions))
            .Build());

    /// <summary>Reads messages until the batch is full or its first message has waited for the maximum time.</summary>
    private void FillBatch(IConsumer<byte[], byte[]> consumer)
    {
        var first = 0L;
        while (!_cancel.IsCancellationRequested && _batch.Count < options.BatchRecords && !_batch.IsFull)
        {
            var remaining = first == 0 ? PollInterval : options.BatchWait - Stopwatch.GetElapsedTime(first);
            if (remaining <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                var message = consumer.Consume(remaining < PollInterval ? remaining : PollInterval);
                if (message is null)
                {
                    if (first == 0)
                    {
                        return;
                    }
                }
                else if (message.IsPartitionEOF)
                {
                    _brokerErrors.OnRecovered();
                    _ended.Add(message.Partition.Value);
                    if (options.StopsAtEnd && _ended.IsSupersetOf(_positions.Keys))
                    {
                        return;
                    }
                }
                else
                {
                    _brokerErrors.OnRecovered();
                    _ended.Remove(message.Partition.Value);
                    _batch.Add(message);
                    first = first == 0 ? Stopwatch.GetTimestamp() : first;
                }
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                _brokerErrors.OnError(error.Error);
                return;
            }
        }
    }

    /// <summary>Writes the batch to the ledger. If that fails, all messages after the ledger's offsets are read again.</summary>
    private async Task WriteBatchAsync(IConsumer<byte[], byte[]> consumer, TopicWriter? deadLetters, CancellationToken cancellationToken)
    {
        var batch = _batch;
        _batch = new MessageBatch(options.Topic);
        batch.Complete();
        try
        {
            if (deadLetters is not null)
            {
                await WriteDeadLettersAsync(deadLetters, batch.Rejected, cancellationToken).ConfigureAwait(false);
            }

            var summary = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            _consumed += batch.Count;
            foreach (var (partition, next) in batch.NextOffsets)
            {
                _positions[partition] = next;
                consumer.StoreOffset(new TopicPartitionOffset(options.Topic, partition, next));
            }

            var lag = GetLag(consumer);
            StreamMetrics.RecordConsumed(options.Topic, batch.Count, batch.Rejected.Count, lag);
            logger.MessagesConsumed(options.Topic, batch.Count, batch.Rejected.Count, summary.Snapshot?.Id, lag);
        }
        catch (Exception error) when (error is LedgerException and not (UsageException or QualityGateException) || error is KafkaException { Error.IsFatal: false })
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            logger.ConsumerRewound(options.Topic, error.Message.TrimEnd('.'));
            await Task.Delay(error is FencedException ? PollInterval : Backoff, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Run(() => Rewind(consumer), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Canceled: nothing of the batch has been written to the ledger.
        }
    }

    private async Task WriteDeadLettersAsync(TopicWriter deadLetters, List<ConsumeResult<byte[], byte[]>> rejected, CancellationToken cancellationToken)
    {
        List<ConsumeResult<byte[], byte[]>> unwritten = [.. rejected.Where(message => message.Offset.Value > _deadLetters.GetValueOrDefault(message.Partition.Value, -1))];
        if (unwritten.Count > 0)
        {
            await deadLetters.WriteAsync(unwritten.Select(CreateDeadLetter), cancellationToken).ConfigureAwait(false);
            unwritten.ForEach(message => _deadLetters[message.Partition.Value] = message.Offset.Value);
        }
    }

    private async Task<ChangeSummary> WriteAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        var ledger = await open(cancellationToken).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            var moves = batch.NextOffsets.Select(end => (end.Partition, _positions.GetValueOrDefault(end.Partition), end.Next)).ToList();
            var changeOptions = new ChangeOptions(ChangeSources.ForTopic(options.Topic), LoadTrigger.Stream)
            {
                PublishesFindingsOnly = true,
                AcceptedGates = options.AcceptedGates,
                AcceptedBy = options.AcceptedBy,
                Advice = gates => $"The consumer stopped and will read these messages again: {batch.Describe()}. If they are correct, start it with --accept {gates}.",
                InSameTransaction = (connection, summary, stop) =>
                    StreamOffsets.AdvanceAsync(connection, options.Group, options.Topic, moves, summary.Snapshot?.Id ?? 0, stop),
            };
            return await ChangeWriter.ApplyAsync(ledger, batch.Sets, changeOptions, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Called within <see cref="FillBatch"/>: returns the start offsets of newly assigned partitions.</summary>
    private List<TopicPartitionOffset> Assign(List<TopicPartition> partitions)
    {
        logger.PartitionsAssigned(options.Topic, string.Join(", ", partitions.Select(partition => partition.Partition.Value)));
        var stored = ReadOffsets();
        _isMember = true;
        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, GetStartOffset(partition.Partition.Value, stored)))];
    }

    private void Revoke(List<TopicPartitionOffset> partitions)
    {
        _isMember = false;
        foreach (var partition in partitions)
        {
            _batch.RemovePartition(partition.Partition.Value);
            _positions.Remove(partition.Partition.Value);
            _ended.Remove(partition.Partition.Value);
        }
    }

    private void Rewind(IConsumer<byte[], byte[]> consumer)
    {
        var stored = ReadOffsets();
        foreach (var partition in _positions.Keys.ToList())
        {
            consumer.Seek(new TopicPartitionOffset(options.Topic, partition, GetStartOffset(partition, stored)));
        }
    }

    private Offset GetStartOffset(int partition, Dictionary<int, long> stored)
    {
        _ended.Remove(partition);
        _positions[partition] = stored.TryGetValue(partition, out var offset) ? offset : null;
        return _positions[partition] is { } next ? new Offset(next) : Offset.Beginning;
    }

    /// <summary>Reads the offsets synchronously, because the client requests them in a blocking call. Retries while the ledger cannot be read.</summary>
    private Dictionary<int, long> ReadOffsets()
    {
        while (true)
        {
            try
            {
                return ReadOffsetsAsync().GetAwaiter().GetResult();
            }
            catch (LedgerException error) when (error is not UsageException)
            {
                logger.ConsumerPaused(options.Topic, error.Message);
                _cancel.WaitHandle.WaitOne(Backoff);
                _cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<Dictionary<int, long>> ReadOffsetsAsync()
    {
        var ledger = await open(_cancel).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            return await ledger.WriteAsync(() => StreamOffsets.ReadAsync(ledger.Connection, options.Group, options.Topic, _cancel), _cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the number of messages not yet consumed in the assigned partitions, as far as the client knows.</summary>
    private long GetLag(IConsumer<byte[], byte[]> consumer)
    {
        var lag = 0L;
        foreach (var (partition, position) in _positions)
        {
            var marks = consumer.GetWatermarkOffsets(new TopicPartition(options.Topic, partition));
            lag += marks.High == Offset.Unset ? 0 : Math.Max(0, marks.High.Value - Math.Max(position ?? 0, marks.Low == Offset.Unset ? 0 : marks.Low.Value));
        }

        return lag;
    }

    private static Message<byte[], byte[]> CreateDeadLetter(ConsumeResult<byte[], byte[]> rejected) => new()
    {
        Key = rejected.Message.Key,
        Value = rejected.Message.Value,
        Headers = [new Header("cineledger-from", System.Text.Encoding.UTF8.GetBytes($"{rejected.Topic}/{rejected.Partition.Value}@{rejected.Offset.Value}"))],
    };
}
