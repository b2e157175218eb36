using System.Globalization;
using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using Confluent.Kafka;

namespace CineLedger.Streaming.Kafka;

/// <summary>Messages that become one snapshot, cleaned as they come: a set of changes for each partition.</summary>
internal sealed class MessageBatch(string topic)
{
    /// <summary>Bytes of messages that are held at once.</summary>
    private const long MostBytes = 64 << 20;

    private readonly SortedDictionary<int, Part> _parts = [];
    private readonly JsonFields _fields = MovieColumns.JsonFields();
    private long _bytes;

    public int Count { get; private set; }

    public bool IsFull => _bytes >= MostBytes;

    /// <summary>Messages that could not be used at all.</summary>
    public List<ConsumeResult<byte[], byte[]>> Rejected { get; } = [];

    /// <summary>In the order of the partitions.</summary>
    public IReadOnlyList<ChangeSet> Sets => [.. _parts.Values.Select(part => part.Changes)];

    /// <summary>Of each partition the offset after its last message.</summary>
    public IReadOnlyList<(int Partition, long Next)> Ends => [.. _parts.Select(part => (part.Key, part.Value.Next))];

    public void Add(ConsumeResult<byte[], byte[]> message)
    {
        var partition = message.Partition.Value;
        if (!_parts.TryGetValue(partition, out var part))
        {
            _parts[partition] = part = new Part(string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}"));
        }

        part.Next = message.Offset.Value + 1;
        _bytes += (message.Message.Value?.Length ?? 0) + 512;
        Count++;
        if (!TryTake(part, message.Message, Line(message.Offset.Value)))
        {
            Rejected.Add(message);
        }
    }

    /// <summary>Takes a partition's messages out: it is another consumer's now.</summary>
    public void Drop(int partition)
    {
        if (_parts.Remove(partition, out var part))
        {
            Count -= (int)part.Changes.Records;
            Rejected.RemoveAll(message => message.Partition.Value == partition);
        }
    }

    public void Complete()
    {
        foreach (var part in _parts.Values)
        {
            part.Reader.Complete();
        }
    }

    private bool TryTake(Part part, Message<byte[], byte[]> message, int line)
    {
        var key = message.Key is { Length: > 0 } ? message.Key : null;
        long keyed = 0;
        if (key is not null && !Ids.TryRead(key, out keyed, out _))
        {
            return part.Reject(line, "key", key);
        }

        if (message.Value is null)
        {
            return key is null ? part.Reject(line, "key", []) : part.Reader.ReadGone(keyed);
        }

        using var record = RecordBatch.OfJson(message.Value, _fields, line);
        var id = part.Reader.Read(record[0]);
        if (id is null)
        {
            return false;
        }

        if (key is not null && id != keyed)
        {
            // By its key it may stand in another partition than the film's others: who comes last would be chance.
            part.Changes.Changes.RemoveAt(part.Changes.Changes.Count - 1);
            return part.Reject(line, "id", message.Value, counted: true);
        }

        return true;
    }

    /// <summary>Findings name lines in 32 bits.</summary>
    private static int Line(long offset) => (int)Math.Min(offset, int.MaxValue);

    private sealed class Part
    {
        public Part(string name)
        {
            Changes = new ChangeSet(name);
            Reader = new ChangeReader(Changes);
        }

        public ChangeSet Changes { get; }

        public ChangeReader Reader { get; }

        public long Next { get; set; }

        /// <summary>Always false.</summary>
        public bool Reject(int line, string field, byte[] text, bool counted = false)
        {
            Changes.Records += counted ? 0 : 1;
            Changes.Findings.Add(new Finding(FindingKind.Reject, Rules.InvalidId, Changes.Name, line, null, field, Texts.OfFinding(Encoding.UTF8.GetString(text))));
            return false;
        }
    }
}
