using System.Globalization;
using CineLedger.Streaming;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>Messages that become one snapshot. They are cleaned on arrival and form one set of changes per partition.</summary>
internal sealed class MessageBatch(string topic)
{
    /// <summary>Maximum bytes of messages in a batch.</summary>
    private const long MaxBytes = 64 << 20;

    private readonly SortedDictionary<int, PartitionBatch> _parts = [];

    public int Count => (int)_parts.Values.Sum(part => part.Reader.Changes.Records);

    public bool IsFull => _parts.Values.Sum(part => part.Bytes) >= MaxBytes;

    /// <summary>Messages that were rejected.</summary>
    public List<ConsumeResult<byte[], byte[]>> Rejected { get; } = [];

    /// <summary>The changes in the order of the partitions.</summary>
    public IReadOnlyList<ChangeSet> Sets => [.. _parts.Values.Select(part => part.Reader.Changes)];

    /// <summary>The offset after the last message of each partition.</summary>
    public IReadOnlyList<(int Partition, long Next)> NextOffsets => [.. _parts.Select(part => (part.Key, part.Value.Next))];

    /// <summary>Names the messages by partition and offsets: <c>movies/0 offsets 12 to 40, movies/3 offsets 8 to 9</c>.</summary>
    public string Describe() => string.Join(
        ", ", _parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{topic}/{part.Key} offsets {part.Value.First} to {part.Value.Next - 1}")));

    public void Add(ConsumeResult<byte[], byte[]> message)
    {
        var partition = message.Partition.Value;
        if (!_parts.TryGetValue(partition, out var part))
        {
            _parts[partition] = part = new PartitionBatch(new MessageReader(string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}")), message.Offset.Value);
        }

        part.Next = message.Offset.Value + 1;
        part.Bytes += (message.Message.Value?.Length ?? 0) + 512;
        if (!part.Reader.TryRead(message.Message, message.Offset.Value))
        {
            Rejected.Add(message);
        }
    }

    /// <summary>Removes the messages of a partition that was revoked.</summary>
    public void RemovePartition(int partition)
    {
        _parts.Remove(partition);
        Rejected.RemoveAll(message => message.Partition.Value == partition);
    }

    public void Complete()
    {
        foreach (var part in _parts.Values)
        {
            part.Reader.Complete();
        }
    }

    private sealed class PartitionBatch(MessageReader reader, long first)
    {
        public MessageReader Reader { get; } = reader;

        public long First => first;

        public long Next { get; set; }

        public long Bytes { get; set; }
    }
}
