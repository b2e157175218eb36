using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Streaming;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>Makes a movie's change, or a finding, of each message of a partition.</summary>
/// <param name="name">What findings call the partition.</param>
internal sealed class MessageReader(string name)
{
    private readonly JsonFields _fields = MovieColumns.JsonFields();
    private ChangeReader? _reader;

    /// <summary>All that has been read.</summary>
    public ChangeSet Changes { get; } = new(name);

    private ChangeReader Reader => _reader ??= new ChangeReader(Changes);

    /// <summary>Takes a message; false where it cannot be used.</summary>
    /// <param name="message">A movie in TMDB's shape, or null where it is gone, under the movie's id or no key.</param>
    /// <param name="offset">Its place in the partition.</param>
    public bool TryRead(Message<byte[], byte[]> message, long offset)
    {
        // Findings name lines in 32 bits.
        var line = (int)Math.Min(offset, int.MaxValue);
        var key = message.Key is { Length: > 0 } ? message.Key : null;
        long keyed = 0;
        if (key is not null && !IdParser.TryParse(key, out keyed, out _))
        {
            return AddRejection(line, "key", key);
        }

        if (message.Value is null)
        {
            return key is null ? AddRejection(line, "key", []) : Reader.ReadRemoval(keyed);
        }

        using var record = RecordBatch.ParseJson(message.Value, _fields, line);
        var id = Reader.Read(record[0]);
        if (id is null)
        {
            return false;
        }

        if (key is not null && id != keyed)
        {
            // By its key it may stand in another partition than the movie's others: who comes last would be chance.
            Changes.Changes.RemoveAt(Changes.Changes.Count - 1);
            return AddRejection(line, "id", message.Value, counted: true);
        }

        return true;
    }

    /// <summary>For after the last message.</summary>
    public void Complete() => Reader.Complete();

    /// <summary>Always false.</summary>
    private bool AddRejection(int line, string field, byte[] text, bool counted = false)
    {
        Changes.Records += counted ? 0 : 1;
        Changes.Findings.Add(new Finding(FindingKind.Reject, Rules.InvalidId, Changes.Name, line, null, field, TextParser.TruncateForFinding(Encoding.UTF8.GetString(text))));
        return false;
    }
}
