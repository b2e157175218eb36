using CineLedger.Model;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>How Kafka is reached.</summary>
/// <param name="Brokers">Some of its brokers, <c>host:port</c>, with commas.</param>
public sealed record BrokerOptions(string Brokers)
{
    /// <summary>What a client writes to an environment variable of this prefix is an option too: CINELEDGER_KAFKA_SASL_PASSWORD is sasl.password.</summary>
    public const string EnvironmentPrefix = "CINELEDGER_KAFKA_";

    /// <summary>Options of librdkafka by their names: SASL, TLS and whatever else it takes. Never shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AdditionalOptions { get; init; } = [];

    /// <summary>Reads <c>NAME=VALUE</c>, and what the environment holds; the former win. Throws <see cref="UsageException"/> without showing a value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadAdditionalOptions(IEnumerable<string> options, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var all = environment.Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[EnvironmentPrefix.Length..].ToLowerInvariant().Replace('_', '.'), pair => pair.Value);
        foreach (var option in options)
        {
            var at = option.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new UsageException("--kafka-option: write NAME=VALUE, security.protocol=SASL_SSL for one.");
            }

            all[option[..at].Trim()] = option[(at + 1)..];
        }

        return [.. all];
    }

    /// <summary>Makes a client of these options. Throws <see cref="UsageException"/> where librdkafka does not take one of them.</summary>
    internal T Build<T>(ClientConfig config, Func<IEnumerable<KeyValuePair<string, string>>, T> build)
    {
        config.BootstrapServers = Brokers;
        config.ClientId = "cineledger";

        // Not to be filled by the program that happens to ask first.
        config.AllowAutoCreateTopics = false;
        config.TopicMetadataRefreshIntervalMs = 10_000;
        config.ReconnectBackoffMaxMs = 5_000;
        try
        {
            return build(config.Concat(AdditionalOptions).GroupBy(pair => pair.Key).Select(group => group.Last()));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or KafkaException)
        {
            throw new UsageException($"--kafka-option, --brokers: {HideValues(error.Message)}");
        }
        catch (DllNotFoundException error)
        {
            throw new LedgerException($"Kafka's library cannot be loaded on this machine: {error.Message}", error);
        }
    }

    /// <summary>A value that a message quotes may be a secret.</summary>
    private string HideValues(string message) =>
        AdditionalOptions.Where(pair => pair.Value.Length > 0).Aggregate(message, (text, pair) => text.Replace(pair.Value, "***", StringComparison.Ordinal));
}
