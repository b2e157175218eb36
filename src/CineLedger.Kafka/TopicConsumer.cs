using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Streaming;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Takes a topic's movies into a ledger, a batch a snapshot, as a member of a group. Where it goes on stands in the ledger, written with the
/// movies: the offsets that brokers keep are for their own tools. One batch is written at a time; meanwhile the client holds back what comes
/// (at most <see cref="MaxBufferedKilobytes"/>), so that a slow ledger slows the reading and nothing else.
/// </summary>
/// <param name="options">What and how much.</param>
/// <param name="open">The ledger for one batch, when nobody else writes.</param>
/// <param name="logger">Hears how it goes.</param>
public sealed class TopicConsumer(ConsumerOptions options, Func<CancellationToken, Task<Ledger>> open, ILogger logger)
{
    /// <summary>Kilobytes that the client reads ahead.</summary>
    private const int MaxBufferedKilobytes = 32 << 10;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(2);

    private readonly BrokerErrorLog _brokerErrors = new(options.Brokers.Brokers, logger);
    private readonly HashSet<int> _ended = [];

    /// <summary>By partition that is this consumer's: the offset that the ledger has, null for none.</summary>
    private readonly Dictionary<int, long?> _positions = [];

    /// <summary>By partition the last message that went to the dead letters: a batch that is read again does not send it there again.</summary>
    private readonly Dictionary<int, long> _deadLetters = [];

    private MessageBatch _batch = new(options.Topic);
    private CancellationToken _cancel;
    private bool _isMember;
    private long _consumed;

    /// <summary>Consumes until it is cancelled, or, where it is to end, has everything. What was read and not written is read again by the next one.</summary>
    /// <param name="onStarted">Called once the options have proved good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many messages it has taken.</returns>
    /// <exception cref="LedgerException">The topic cannot be consumed like this.</exception>
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
                // The client knows only calls that block: a thread of the pool waits in them.
                await Task.Run(() => FillBatch(consumer), CancellationToken.None).ConfigureAwait(false);
                if (_batch.Count > 0 && !cancellationToken.IsCancellationRequested)
                {
                    await WriteBatchAsync(consumer, dead, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // While the ledger could not be read.
        }
        catch (KafkaException error)
        {
            throw BrokerErrorLog.CreateException(options.Brokers.Brokers, error);
        }
        finally
        {
            // Leaves the group, so that others need not wait for its silence to be noticed.
            await Task.Run(consumer.Close, CancellationToken.None).ConfigureAwait(false);
            StreamMetrics.RemoveLag(options.Topic);
        }

        return _consumed;
    }

    /// <summary>Of a group that has more consumers than the topic has partitions, some have none to wait for.</summary>
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

            // What a dead consumer held is another's ten seconds later.
            SessionTimeoutMs = 10_000,

            // A batch may have to wait for a whole load.
            MaxPollIntervalMs = 3_600_000,
        },
        config => new ConsumerBuilder<byte[], byte[]>(config)
            .SetErrorHandler((_, error) => _brokerErrors.OnError(error))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => Revoke(partitions))
            .SetPartitionsLostHandler((_, partitions) => Revoke(partitions))
            .Build());

    /// <summary>Reads messages until they are enough, or the first of them has waited as long as it may.</summary>
    private void FillBatch(IConsumer<byte[], byte[]> consumer)
    {
        var first = 0L;
        while (!_cancel.IsCancellationRequested && _batch.Count < options.BatchRecords && !_batch.IsFull)
        {
            var left = first == 0 ? PollInterval : options.BatchWait - Stopwatch.GetElapsedTime(first);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                var message = consumer.Consume(left < PollInterval ? left : PollInterval);
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

    /// <summary>Brings the batch into the ledger; where that cannot be, everything since the ledger's offsets is read again.</summary>
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
        catch (Exception error) when (error is LedgerException and not UsageException || error is KafkaException { Error.IsFatal: false })
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
            // The end was asked for: nothing of the batch is in the ledger.
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
            var changing = new ChangeOptions(ChangeSources.ForTopic(options.Topic))
            {
                KeepsFindingsAlone = true,
                InSameTransaction = (connection, summary, stop) =>
                    StreamOffsets.AdvanceAsync(connection, options.Group, options.Topic, moves, summary.Snapshot?.Id ?? 0, stop),
            };
            return await ChangeWriter.ApplyAsync(ledger, batch.Sets, changing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Called within <see cref="FillBatch"/>: says where to begin with partitions that are this consumer's from now on.</summary>
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

    /// <summary>The client asks for offsets in a call that blocks, too. While the ledger cannot be read there is nothing else to do.</summary>
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

    /// <summary>Messages that wait in this consumer's partitions, as far as the client has heard.</summary>
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
