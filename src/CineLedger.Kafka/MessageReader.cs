using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Streaming;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>Turns each message of a partition into a change of a movie or a finding.</summary>
/// <param name="name">The partition's name in findings.</param>
internal sealed class MessageReader(string name)
{
    private readonly JsonFields _fields = MovieColumns.CreateJsonFields();
    private ChangeReader? _reader;

    /// <summary>The changes and findings read so far.</summary>
    public ChangeSet Changes { get; } = new(name);

    private ChangeReader Reader => _reader ??= new ChangeReader(Changes);

    /// <summary>Reads a message; returns false when it is rejected.</summary>
    /// <param name="message">A movie in TMDB's JSON format, or null if it was deleted. The key is the movie's id or missing.</param>
    /// <param name="offset">The offset of the message in the partition.</param>
    public bool TryRead(Message<byte[], byte[]> message, long offset)
    {
        // Line numbers of findings have 32 bits.
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
            // With this key the message may be in another partition than the movie's other messages, so which one is the last would be random.
            Changes.Changes.RemoveAt(Changes.Changes.Count - 1);
            return AddRejection(line, "id", message.Value, counted: true);
        }

        return true;
    }

    /// <summary>Called after the last message.</summary>
    public void Complete() => Reader.Complete();

    /// <summary>Adds a finding; always returns false.</summary>
    private bool AddRejection(int line, string field, byte[] text, bool counted = false)
    {
        Changes.Records += counted ? 0 : 1;
        Changes.Findings.Add(new Finding(FindingKind.Reject, Rules.InvalidId, Changes.Name, line, null, field, TextParser.TruncateForFinding(Encoding.UTF8.GetString(text))));
        return false;
    }
}
