using System.Collections;
using System.CommandLine;
using CineLedger.Kafka;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Options for connecting to Kafka. The client library is not loaded until a command uses it.</summary>
internal sealed class KafkaOptions
{
    private readonly Option<string?> _brokers = new("--brokers")
    {
        Description = "Kafka bootstrap brokers, host:port, separated by commas. Default: $CINELEDGER_BROKERS.",
        HelpName = "HOSTS",
    };

    private readonly Option<string[]> _additional = new("--kafka-option")
    {
        Description = "A librdkafka option, such as security.protocol=SASL_SSL; repeatable. " +
            $"Put secrets in the environment: {BrokerOptions.EnvironmentPrefix}SASL_PASSWORD is sasl.password.",
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
        Description = $"{description} Default: {ConsumerOptions.DefaultTopic}.",
        HelpName = "TOPIC",
        DefaultValueFactory = _ => ConsumerOptions.DefaultTopic,
    };

    public static Option<string> CreateGroup() => new("--group")
    {
        Description = $"Consumer group; the ledger stores the offsets of each group. Default: {ConsumerOptions.DefaultGroup}.",
        HelpName = "GROUP",
        DefaultValueFactory = _ => ConsumerOptions.DefaultGroup,
    };

    /// <summary>Returns whether one of these options was given on the command line.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_brokers) is { Implicit: false } || parsed.GetResult(_additional) is { Implicit: false };

    public BrokerOptions Read(ParseResult parsed)
    {
        var brokers = parsed.GetValue(_brokers) ?? Environment.GetEnvironmentVariable("CINELEDGER_BROKERS");
        if (string.IsNullOrWhiteSpace(brokers))
        {
            throw new UsageException("--brokers: name at least one Kafka broker, such as localhost:9092.");
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        return new BrokerOptions(brokers) { AdditionalOptions = BrokerOptions.ReadAdditionalOptions(parsed.GetValue(_additional)!, environment) };
    }

    /// <summary>Reads the name of a topic or group. Throws <see cref="UsageException"/> when Kafka does not allow it.</summary>
    public static string ReadName(ParseResult parsed, Option<string> option) => ReadName(option, parsed.GetValue(option)!);

    /// <inheritdoc cref="ReadName(ParseResult, Option{string})"/>
    public static string ReadName(Option option, string name) =>
        name.Length is > 0 and <= 249 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
            ? name
            : throw new UsageException($"{option.Name}: '{name}' is not a valid Kafka name; use letters, digits, '.', '_' and '-', at most 249 characters.");
}
