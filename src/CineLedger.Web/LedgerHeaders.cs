namespace CineLedger.Web;

/// <summary>The names of nonstandard request and response headers.</summary>
internal static class LedgerHeaders
{
    /// <summary>The snapshot of a response.</summary>
    public const string Snapshot = "Ledger-Snapshot";

    public const string RequestId = "X-Request-Id";

    public const string ApiKey = "X-Api-Key";

    /// <summary>A key chosen by the sender of a push, so that a repeated push is only written once.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Marks the response to a repeated push.</summary>
    public const string IdempotencyReplayed = "Idempotency-Replayed";
}
