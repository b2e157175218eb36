using CineLedger.Model;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>Logs broker problems: one line when a problem occurs and one when it is resolved. Clients retry on their own.</summary>
internal sealed class BrokerErrorLog(string brokers, ILogger logger)
{
    private string? _lastError;

    public void OnError(Error error)
    {
        var trouble = Describe(error);
        if (trouble is not null && trouble != Interlocked.Exchange(ref _lastError, trouble))
        {
            logger.BrokersUnavailable(brokers, trouble);
        }
    }

    /// <summary>Called when messages are received or delivered.</summary>
    public void OnRecovered()
    {
        if (_lastError is not null && Interlocked.Exchange(ref _lastError, null) is not null)
        {
            logger.BrokersAvailable(brokers);
        }
    }

    /// <summary>Returns one line about the problem and what to do; null for problems that clients resolve on their own.</summary>
    public static string? Describe(Error error) => error.Code switch
    {
        ErrorCode.Local_AllBrokersDown => "no broker responds; retrying until one does",
        ErrorCode.Local_Resolve => "the host name cannot be resolved; check --brokers",
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => "the credentials were rejected; check sasl.* of --kafka-option",
        ErrorCode.Local_Ssl => "the TLS connection failed; check security.protocol and ssl.* of --kafka-option",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition => "the topic does not exist; create it, or check --topic",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed => "access to the topic or the group was denied",
        ErrorCode.Local_Transport or ErrorCode.Local_TimedOut => null,
        _ when error.IsFatal => error.Reason,
        _ => null,
    };

    public static LedgerException CreateException(string brokers, KafkaException error) =>
        new($"{brokers}: {Describe(error.Error) ?? error.Error.Reason}", error);
}
