using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Streaming;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Takes a topic's films into a ledger, a batch a snapshot, as a member of a group. Where it goes on stands in the ledger, written with the
/// films: the offsets that brokers keep are for their own tools. One batch is written at a time; meanwhile the client holds back what comes
/// (at most <see cref="HeldBack"/>), so that a slow ledger slows the reading and nothing else.
/// </summary>
/// <param name="options">What and how much.</param>
/// <param name="open">The ledger for one batch, when nobody else writes.</param>
/// <param name="logger">Hears how it goes.</param>
public sealed class TopicConsumer(ConsumerOptions options, Func<CancellationToken, Task<Ledger>> open, ILogger logger)
{
    /// <summary>Kilobytes that the client reads ahead.</summary>
    private const int HeldBack = 32 << 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(2);

    private readonly BrokerTalk _talk = new(options.Brokers.Brokers, logger);
    private readonly HashSet<int> _ended = [];

    /// <summary>By partition that is this consumer's: the offset that the ledger has, null for none.</summary>
    private readonly Dictionary<int, long?> _positions = [];

    /// <summary>By partition the last message that went to the dead letters: a batch that is read again does not send it there again.</summary>
    private readonly Dictionary<int, long> _dead = [];

    private MessageBatch _batch = new(options.Topic);
    private CancellationToken _cancel;
    private bool _isMember;
    private long _taken;

    /// <summary>Consumes until it is cancelled, or, where it is to end, has everything. What was read and not written is read again by the next one.</summary>
    /// <param name="started">Called once the options have proved good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many messages it has taken.</returns>
    /// <exception cref="LedgerException">The topic cannot be consumed like this.</exception>
    public async Task<long> RunAsync(Func<Task> started, CancellationToken cancellationToken)
    {
        _cancel = cancellationToken;
        using var consumer = Build();
        using var dead = options.DeadLetter is null ? null : new TopicWriter(options.Brokers, options.DeadLetter, logger);
        await started().ConfigureAwait(false);
        consumer.Subscribe(options.Topic);
        try
        {
            while (!cancellationToken.IsCancellationRequested && !(options.UntilEnd && HasEverything))
            {
                // The client knows only calls that block: a thread of the pool waits in them.
                await Task.Run(() => Gather(consumer), CancellationToken.None).ConfigureAwait(false);
                if (_batch.Count > 0 && !cancellationToken.IsCancellationRequested)
                {
                    await TakeAsync(consumer, dead, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // While the ledger could not be read.
        }
        catch (KafkaException error)
        {
            throw BrokerTalk.Failure(options.Brokers.Brokers, error);
        }
        finally
        {
            // Leaves the group, so that others need not wait for its silence to be noticed.
            await Task.Run(consumer.Close, CancellationToken.None).ConfigureAwait(false);
            StreamMetrics.Forget(options.Topic);
        }

        return _taken;
    }

    /// <summary>Of a group that has more consumers than the topic has partitions, some have none to wait for.</summary>
    private bool HasEverything => _isMember && _ended.IsSupersetOf(_positions.Keys) && _batch.Count == 0;

    private IConsumer<byte[], byte[]> Build() => options.Brokers.Build(
        new ConsumerConfig
        {
            GroupId = options.Group,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = true,
            QueuedMaxMessagesKbytes = HeldBack,
            FetchMaxBytes = 64 << 20,
            MaxPartitionFetchBytes = 4 << 20,
            FetchWaitMaxMs = 200,

            // What a dead consumer held is another's ten seconds later.
            SessionTimeoutMs = 10_000,

            // A batch may have to wait for a whole load.
            MaxPollIntervalMs = 3_600_000,
        },
        config => new ConsumerBuilder<byte[], byte[]>(config)
            .SetErrorHandler((_, error) => _talk.Handle(error))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => Revoke(partitions))
            .SetPartitionsLostHandler((_, partitions) => Revoke(partitions))
            .Build());

    /// <summary>Reads messages until they are enough, or the first of them has waited as long as it may.</summary>
    private void Gather(IConsumer<byte[], byte[]> consumer)
    {
        var first = 0L;
        while (!_cancel.IsCancellationRequested && _batch.Count < options.BatchRecords && !_batch.IsFull)
        {
            var left = first == 0 ? Tick : options.BatchWait - Stopwatch.GetElapsedTime(first);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                var message = consumer.Consume(left < Tick ? left : Tick);
                if (message is null)
                {
                    if (first == 0)
                    {
                        return;
                    }
                }
                else if (message.IsPartitionEOF)
                {
                    _talk.Right();
                    _ended.Add(message.Partition.Value);
                    if (options.UntilEnd && _ended.IsSupersetOf(_positions.Keys))
                    {
                        return;
                    }
                }
                else
                {
                    _talk.Right();
                    _ended.Remove(message.Partition.Value);
                    _batch.Add(message);
                    first = first == 0 ? Stopwatch.GetTimestamp() : first;
                }
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                _talk.Handle(error.Error);
                return;
            }
        }
    }

    /// <summary>Brings the batch into the ledger; where that cannot be, everything since the ledger's offsets is read again.</summary>
    private async Task TakeAsync(IConsumer<byte[], byte[]> consumer, TopicWriter? dead, CancellationToken cancellationToken)
    {
        var batch = _batch;
        _batch = new MessageBatch(options.Topic);
        batch.Complete();
        try
        {
            if (dead is not null)
            {
                await BuryAsync(dead, batch.Rejected, cancellationToken).ConfigureAwait(false);
            }

            var summary = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            _taken += batch.Count;
            foreach (var (partition, next) in batch.Ends)
            {
                _positions[partition] = next;
                consumer.StoreOffset(new TopicPartitionOffset(options.Topic, partition, next));
            }

            var lag = LagOf(consumer);
            StreamMetrics.Taken(options.Topic, batch.Count, batch.Rejected.Count, lag);
            logger.MessagesTaken(options.Topic, batch.Count, batch.Rejected.Count, summary.Snapshot?.Id, lag);
        }
        catch (Exception error) when (error is LedgerException and not UsageException || error is KafkaException { Error.IsFatal: false })
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            logger.ConsumerSetBack(options.Topic, error.Message.TrimEnd('.'));
            await Task.Delay(error is FencedException ? Tick : Backoff, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Run(() => SetBack(consumer), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end was asked for: nothing of the batch is in the ledger.
        }
    }

    private async Task BuryAsync(TopicWriter dead, List<ConsumeResult<byte[], byte[]>> rejected, CancellationToken cancellationToken)
    {
        List<ConsumeResult<byte[], byte[]>> news = [.. rejected.Where(message => message.Offset.Value > _dead.GetValueOrDefault(message.Partition.Value, -1))];
        if (news.Count > 0)
        {
            await dead.WriteAsync(news.Select(DeadLetter), cancellationToken).ConfigureAwait(false);
            news.ForEach(message => _dead[message.Partition.Value] = message.Offset.Value);
        }
    }

    private async Task<ChangeSummary> WriteAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        var ledger = await open(cancellationToken).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            var moves = batch.Ends.Select(end => (end.Partition, _positions.GetValueOrDefault(end.Partition), end.Next)).ToList();
            var changing = new ChangeOptions(ChangeSources.Topic(options.Topic))
            {
                KeepsFindings = true,
                Alongside = (connection, summary, stop) =>
                    StreamOffsets.MoveAsync(connection, options.Group, options.Topic, moves, summary.Snapshot?.Id ?? 0, stop),
            };
            return await ChangeWriter.ApplyAsync(ledger, batch.Sets, changing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Called within <see cref="Gather"/>: says where to begin with partitions that are this consumer's from now on.</summary>
    private List<TopicPartitionOffset> Assign(List<TopicPartition> partitions)
    {
        logger.PartitionsAssigned(options.Topic, string.Join(", ", partitions.Select(partition => partition.Partition.Value)));
        var stored = ReadOffsets();
        _isMember = true;
        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, Begin(partition.Partition.Value, stored)))];
    }

    private void Revoke(List<TopicPartitionOffset> partitions)
    {
        _isMember = false;
        foreach (var partition in partitions)
        {
            _batch.Drop(partition.Partition.Value);
            _positions.Remove(partition.Partition.Value);
            _ended.Remove(partition.Partition.Value);
        }
    }

    private void SetBack(IConsumer<byte[], byte[]> consumer)
    {
        var stored = ReadOffsets();
        foreach (var partition in _positions.Keys.ToList())
        {
            consumer.Seek(new TopicPartitionOffset(options.Topic, partition, Begin(partition, stored)));
        }
    }

    private Offset Begin(int partition, Dictionary<int, long> stored)
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
                logger.ConsumerWaits(options.Topic, error.Message);
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
    private long LagOf(IConsumer<byte[], byte[]> consumer)
    {
        var lag = 0L;
        foreach (var (partition, position) in _positions)
        {
            var marks = consumer.GetWatermarkOffsets(new TopicPartition(options.Topic, partition));
            lag += marks.High == Offset.Unset ? 0 : Math.Max(0, marks.High.Value - Math.Max(position ?? 0, marks.Low == Offset.Unset ? 0 : marks.Low.Value));
        }

        return lag;
    }

    private static Message<byte[], byte[]> DeadLetter(ConsumeResult<byte[], byte[]> rejected) => new()
    {
        Key = rejected.Message.Key,
        Value = rejected.Message.Value,
        Headers = [new Header("cineledger-from", System.Text.Encoding.UTF8.GetBytes($"{rejected.Topic}/{rejected.Partition.Value}@{rejected.Offset.Value}"))],
    };
}
