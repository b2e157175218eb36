namespace CineLedger.Kafka;

/// <summary>What is consumed, and how much at once.</summary>
/// <param name="Brokers">Where from.</param>
/// <param name="Topic">Of movies keyed by their ids.</param>
/// <param name="Group">On whose behalf: the ledger keeps offsets for each group and topic.</param>
public sealed record ConsumerOptions(BrokerOptions Brokers, string Topic, string Group)
{
    public const string DefaultTopic = "movies";
    public const string DefaultGroup = "cineledger";

    /// <summary>Messages of a snapshot at the most.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>How long messages wait for others to share their snapshot.</summary>
    public TimeSpan BatchWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where messages go that cannot be used; null for nowhere.</summary>
    public string? DeadLetterTopic { get; init; }

    /// <summary>Ends when all there is has been taken, instead of waiting for more.</summary>
    public bool StopsAtEnd { get; init; }
}
