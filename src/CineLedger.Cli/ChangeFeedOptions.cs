using System.CommandLine;
using CineLedger.Kafka;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Where a server publishes what each snapshot changes: <c>--publish-changes</c> and what belongs to it.</summary>
internal sealed class ChangeFeedOptions
{
    private readonly Option<string?> _topic = new("--publish-changes")
    {
        Description = "Write each movie that a snapshot adds, changes or removes to this topic of Kafka's, for other programs; it has to be there. Of several servers of a ledger one does.",
        HelpName = "TOPIC",
    };

    private readonly KafkaOptions _kafka = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_topic);
        _kafka.AddTo(command);
    }

    /// <summary>Null where nothing is to be published.</summary>
    public (BrokerOptions Brokers, string Topic)? Read(ParseResult parsed, bool isReadOnly)
    {
        if (parsed.GetValue(_topic) is not { } topic)
        {
            return _kafka.IsGiven(parsed)
                ? throw new UsageException($"--brokers and --kafka-option belong to {_topic.Name}, which is missing: name a topic with it.")
                : null;
        }

        return isReadOnly
            ? throw new UsageException($"{_topic.Name}: a server that was started with --read-only cannot write down what it has published.")
            : (_kafka.Read(parsed), KafkaOptions.ReadName(_topic, topic));
    }
}
