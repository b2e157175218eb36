using System.Collections;
using System.CommandLine;
using CineLedger.Kafka;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>How Kafka is reached. Nothing of its client is touched before a command does.</summary>
internal sealed class KafkaOptions
{
    private readonly Option<string?> _brokers = new("--brokers")
    {
        Description = "Some of Kafka's brokers, host:port, with commas. Default: $CINELEDGER_BROKERS.",
        HelpName = "HOSTS",
    };

    private readonly Option<string[]> _additional = new("--kafka-option")
    {
        Description = $"An option of librdkafka, security.protocol=SASL_SSL for one; repeatable. Secrets are better in the environment: {BrokerOptions.EnvironmentPrefix}SASL_PASSWORD is sasl.password.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_brokers);
        command.Options.Add(_additional);
    }

    public static Option<string> CreateTopic(string description) => new("--topic")
    {
        Description = $"{description} Default {ConsumerOptions.DefaultTopic}.",
        HelpName = "TOPIC",
        DefaultValueFactory = _ => ConsumerOptions.DefaultTopic,
    };

    public static Option<string> CreateGroup() => new("--group")
    {
        Description = $"The group of consumers; the ledger keeps what it has taken for each. Default {ConsumerOptions.DefaultGroup}.",
        HelpName = "GROUP",
        DefaultValueFactory = _ => ConsumerOptions.DefaultGroup,
    };

    /// <summary>Whether something of it was written on the command line.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_brokers) is { Implicit: false } || parsed.GetResult(_additional) is { Implicit: false };

    public BrokerOptions Read(ParseResult parsed)
    {
        var brokers = parsed.GetValue(_brokers) ?? Environment.GetEnvironmentVariable("CINELEDGER_BROKERS");
        if (string.IsNullOrWhiteSpace(brokers))
        {
            throw new UsageException("--brokers: name some of Kafka's brokers, localhost:9092 for one.");
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        return new BrokerOptions(brokers) { AdditionalOptions = BrokerOptions.ReadAdditionalOptions(parsed.GetValue(_additional)!, environment) };
    }

    /// <summary>A topic's or group's name, which may be none that Kafka has.</summary>
    public static string ReadName(ParseResult parsed, Option<string> option) => ReadName(option, parsed.GetValue(option)!);

    /// <inheritdoc cref="ReadName(ParseResult, Option{string})"/>
    public static string ReadName(Option option, string name) =>
        name.Length is > 0 and <= 249 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
            ? name
            : throw new UsageException($"{option.Name}: '{name}' can be no name in Kafka: letters, digits and ._- alone.");
}
