using CineLedger.Model;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>What there is to say of the brokers: one line when something is wrong, one when it is right again. Clients try again by themselves.</summary>
internal sealed class BrokerErrorLog(string brokers, ILogger logger)
{
    private string? _lastError;

    public void OnError(Error error)
    {
        var trouble = Explain(error);
        if (trouble is not null && trouble != Interlocked.Exchange(ref _lastError, trouble))
        {
            logger.BrokersUnavailable(brokers, trouble);
        }
    }

    /// <summary>For when messages come, or are taken.</summary>
    public void OnRecovered()
    {
        if (_lastError is not null && Interlocked.Exchange(ref _lastError, null) is not null)
        {
            logger.BrokersAvailable(brokers);
        }
    }

    /// <summary>One line of what to do; null for what clients mend before anybody need know.</summary>
    public static string? Explain(Error error) => error.Code switch
    {
        ErrorCode.Local_AllBrokersDown => "none of them answers; it is tried again till one does",
        ErrorCode.Local_Resolve => "their name is not known here; check --brokers",
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => "they do not take these credentials; check sasl.* of --kafka-option",
        ErrorCode.Local_Ssl => "no TLS with them; check security.protocol and ssl.* of --kafka-option",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition => "there is no such topic; make it, or check --topic",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed => "they do not allow it: the topic or the group",
        ErrorCode.Local_Transport or ErrorCode.Local_TimedOut => null,
        _ when error.IsFatal => error.Reason,
        _ => null,
    };

    public static LedgerException CreateException(string brokers, KafkaException error) =>
        new($"{brokers}: {Explain(error.Error) ?? error.Error.Reason}", error);
}
