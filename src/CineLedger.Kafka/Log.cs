using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>Log messages of publishing and consuming: event ids 500 to 599.</summary>
internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Warning, "{Brokers}: {Trouble}")]
    public static partial void BrokersUnavailable(this ILogger logger, string brokers, string trouble);

    [LoggerMessage(501, LogLevel.Warning, "{Brokers}: connection restored")]
    public static partial void BrokersAvailable(this ILogger logger, string brokers);

    [LoggerMessage(502, LogLevel.Information, "{Topic}: {Messages} messages consumed, {Rejected} of them rejected; the ledger is at snapshot {Snapshot}; lag {Lag}")]
    public static partial void MessagesConsumed(this ILogger logger, string topic, int messages, int rejected, int? snapshot, long lag);

    [LoggerMessage(503, LogLevel.Information, "{Topic}: partitions {Partitions} assigned to this consumer")]
    public static partial void PartitionsAssigned(this ILogger logger, string topic, string partitions);

    [LoggerMessage(504, LogLevel.Warning, "{Topic}: {Reason}; discarding the batch and reading again from the ledger's offsets")]
    public static partial void ConsumerRewound(this ILogger logger, string topic, string reason);

    [LoggerMessage(505, LogLevel.Information, "{Topic}: {Reason}")]
    public static partial void ConsumerPaused(this ILogger logger, string topic, string reason);

    [LoggerMessage(506, LogLevel.Information, "{Topic}: published the changes of snapshot {Snapshot} in {Messages} messages")]
    public static partial void ChangesPublished(this ILogger logger, string topic, int snapshot, int messages);
}
