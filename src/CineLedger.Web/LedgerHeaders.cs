namespace CineLedger.Web;

/// <summary>Headers of requests and responses that are this server's own.</summary>
internal static class LedgerHeaders
{
    /// <summary>The snapshot that a response is of.</summary>
    public const string Snapshot = "Ledger-Snapshot";

    public const string RequestId = "X-Request-Id";

    public const string ApiKey = "X-Api-Key";

    /// <summary>A sender's name for a push, which then counts once.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Says that a push came before.</summary>
    public const string IdempotencyReplayed = "Idempotency-Replayed";
}
