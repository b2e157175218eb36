using System.CommandLine;
using CineLedger.Kafka;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Options for publishing the changes of each snapshot: <c>--publish-changes</c> and the Kafka options.</summary>
internal sealed class ChangeFeedOptions
{
    private readonly Option<string?> _topic = new("--publish-changes")
    {
        Description = "Publish each movie that a snapshot adds, changes or removes to this Kafka topic, which must exist. " +
            "If several servers share a ledger, one of them publishes.",
        HelpName = "TOPIC",
    };

    private readonly KafkaOptions _kafka = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_topic);
        _kafka.AddTo(command);
    }

    /// <summary>Returns null when changes are not published.</summary>
    public (BrokerOptions Brokers, string Topic)? Read(ParseResult parsed, bool isReadOnly)
    {
        if (parsed.GetValue(_topic) is not { } topic)
        {
            return _kafka.IsGiven(parsed)
                ? throw new UsageException($"--brokers and --kafka-option require {_topic.Name} TOPIC.")
                : null;
        }

        return isReadOnly
            ? throw new UsageException($"{_topic.Name}: cannot be combined with --read-only, because the server records in the ledger what it has published.")
            : (_kafka.Read(parsed), KafkaOptions.ReadName(_topic, topic));
    }
}
