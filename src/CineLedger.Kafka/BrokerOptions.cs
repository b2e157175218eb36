using CineLedger.Model;
using Confluent.Kafka;

namespace CineLedger.Kafka;

/// <summary>Connection options for Kafka.</summary>
/// <param name="Brokers">Bootstrap brokers, <c>host:port</c>, separated by commas.</param>
public sealed record BrokerOptions(string Brokers)
{
    /// <summary>Prefix of environment variables that set librdkafka options: CINELEDGER_KAFKA_SASL_PASSWORD sets sasl.password.</summary>
    public const string EnvironmentPrefix = "CINELEDGER_KAFKA_";

    /// <summary>Further librdkafka options by name, such as SASL and TLS settings. Never logged or printed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AdditionalOptions { get; init; } = [];

    /// <summary>
    /// Reads <c>NAME=VALUE</c> options and the environment; the options take precedence.
    /// Throws a <see cref="UsageException"/> that contains no value.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadAdditionalOptions(IEnumerable<string> options, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var all = environment.Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[EnvironmentPrefix.Length..].ToLowerInvariant().Replace('_', '.'), pair => pair.Value);
        foreach (var option in options)
        {
            var at = option.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new UsageException("--kafka-option: use NAME=VALUE, such as security.protocol=SASL_SSL.");
            }

            all[option[..at].Trim()] = option[(at + 1)..];
        }

        return [.. all];
    }

    /// <summary>Builds a client with these options. Throws <see cref="UsageException"/> when librdkafka rejects one of them.</summary>
    internal T Build<T>(ClientConfig config, Func<IEnumerable<KeyValuePair<string, string>>, T> build)
    {
        config.BootstrapServers = Brokers;
        config.ClientId = "cineledger";

        // A mistyped topic must not be created by the first program that uses it.
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

    /// <summary>Masks option values in an error message, since they may be secrets.</summary>
    private string HideValues(string message) =>
        AdditionalOptions.Where(pair => pair.Value.Length > 0).Aggregate(message, (text, pair) => text.Replace(pair.Value, "***", StringComparison.Ordinal));
}
