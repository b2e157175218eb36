namespace CineLedger.Model;

/// <summary>A subscription to events of the ledger, which are posted as HTTP messages. Times are UTC.</summary>
/// <param name="Id">The webhook's id.</param>
/// <param name="Url">The address that messages are posted to.</param>
/// <param name="Secret">The secret that signs the messages: <c>whsec_</c> and the key in Base64.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="QueuedSnapshotId">The newest snapshot for which a delivery was created.</param>
public sealed record Webhook(string Id, string Url, string Secret, DateTime CreatedAt, int QueuedSnapshotId)
{
    /// <summary>The subscribed events, from <see cref="WebhookEvents.All"/>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [WebhookEvents.Published];

    /// <summary>The secret before the last change; null without one.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>Until when the previous secret also signs messages; null without one.</summary>
    public DateTime? PreviousUntil { get; init; }

    /// <summary>Returns the secrets that sign a message, the current one first.</summary>
    public IEnumerable<string> GetSecrets(DateTime now) => PreviousSecret is { } previous && now < PreviousUntil ? [Secret, previous] : [Secret];
}

/// <summary>The delivery of one snapshot, or of one unsuccessful load, to one webhook. Times are UTC.</summary>
/// <param name="WebhookId">The receiving webhook.</param>
/// <param name="SnapshotId">The snapshot; for a load, the newest snapshot when the load ended.</param>
/// <param name="State">The state of the delivery.</param>
/// <param name="Attempts">The number of attempts, including a running one.</param>
/// <param name="QueuedAt">When the delivery was queued.</param>
/// <param name="NextAttemptAt">The time of the next attempt; null if the delivery has ended.</param>
/// <param name="EndedAt">When the delivery succeeded or was given up; null while it is pending.</param>
/// <param name="Status">The HTTP status of the last attempt; null if there was no response.</param>
/// <param name="Error">Why the last attempt failed; null if no attempt has failed.</param>
public sealed record WebhookDelivery(
    string WebhookId,
    int SnapshotId,
    DeliveryState State,
    int Attempts,
    DateTime QueuedAt,
    DateTime? NextAttemptAt,
    DateTime? EndedAt,
    int? Status,
    string? Error)
{
    /// <summary>The unsuccessful load; empty for a snapshot.</summary>
    public string LoadId { get; init; } = "";
}

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>The next attempt takes place at <see cref="WebhookDelivery.NextAttemptAt"/>.</summary>
    Pending,

    /// <summary>The receiver accepted the message.</summary>
    Delivered,

    /// <summary>The limit on attempts or time was reached.</summary>
    GivenUp,
}
