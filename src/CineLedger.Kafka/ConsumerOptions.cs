namespace CineLedger.Kafka;

/// <summary>Options of a consumer.</summary>
/// <param name="Brokers">The brokers to connect to.</param>
/// <param name="Topic">A topic of movies keyed by movie id.</param>
/// <param name="Group">The consumer group; the ledger stores offsets for each group and topic.</param>
public sealed record ConsumerOptions(BrokerOptions Brokers, string Topic, string Group)
{
    public const string DefaultTopic = "movies";
    public const string DefaultGroup = "cineledger";

    /// <summary>Maximum messages per snapshot.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>How long messages wait for others, to share one snapshot.</summary>
    public TimeSpan BatchWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Topic for rejected messages; null for none.</summary>
    public string? DeadLetterTopic { get; init; }

    /// <summary>The quality gates that do not stop the consumer.</summary>
    public IReadOnlySet<string> AcceptedGates { get; init; } = new HashSet<string>();

    /// <summary>The user who accepted them; null if no gate was accepted.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Stops at the end of the topic instead of waiting for more messages.</summary>
    public bool StopsAtEnd { get; init; }
}
