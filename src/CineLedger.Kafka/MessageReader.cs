using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Streaming;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>Makes a film's change, or a finding, of each message of a partition.</summary>
/// <param name="name">What findings call the partition.</param>
internal sealed class MessageReader(string name)
{
    private readonly JsonFields _fields = MovieColumns.JsonFields();
    private ChangeReader? _reader;

    /// <summary>All that has been read.</summary>
    public ChangeSet Changes { get; } = new(name);

    private ChangeReader Reader => _reader ??= new ChangeReader(Changes);

    /// <summary>Takes a message; false where it cannot be used.</summary>
    /// <param name="message">A film in TMDB's shape, or null where it is gone, under the film's id or no key.</param>
    /// <param name="offset">Its place in the partition.</param>
    public bool TryTake(Message<byte[], byte[]> message, long offset)
    {
        // Findings name lines in 32 bits.
        var line = (int)Math.Min(offset, int.MaxValue);
        var key = message.Key is { Length: > 0 } ? message.Key : null;
        long keyed = 0;
        if (key is not null && !Ids.TryRead(key, out keyed, out _))
        {
            return Reject(line, "key", key);
        }

        if (message.Value is null)
        {
            return key is null ? Reject(line, "key", []) : Reader.ReadGone(keyed);
        }

        using var record = RecordBatch.OfJson(message.Value, _fields, line);
        var id = Reader.Read(record[0]);
        if (id is null)
        {
            return false;
        }

        if (key is not null && id != keyed)
        {
            // By its key it may stand in another partition than the film's others: who comes last would be chance.
            Changes.Changes.RemoveAt(Changes.Changes.Count - 1);
            return Reject(line, "id", message.Value, counted: true);
        }

        return true;
    }

    /// <summary>For after the last message.</summary>
    public void Complete() => Reader.Complete();

    /// <summary>Always false.</summary>
    private bool Reject(int line, string field, byte[] text, bool counted = false)
    {
        Changes.Records += counted ? 0 : 1;
        Changes.Findings.Add(new Finding(FindingKind.Reject, Rules.InvalidId, Changes.Name, line, null, field, Texts.OfFinding(Encoding.UTF8.GetString(text))));
        return false;
    }
}
