namespace CineLedger.Model;

/// <summary>Somebody who is told of what happens to the ledger by messages over HTTP. Times are UTC.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="Secret">What they are signed with: <c>whsec_</c> and the key in base 64.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Queued">The newest snapshot that a delivery was made for; later ones are still to be told.</param>
public sealed record Webhook(string Id, string Url, string Secret, DateTime CreatedAt, int Queued)
{
    /// <summary>What it is told of: some of <see cref="WebhookEvents.All"/>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [WebhookEvents.Published];
}

/// <summary>One snapshot, or the bad end of one load, told or to be told to one webhook. Times are UTC.</summary>
/// <param name="WebhookId">Whom.</param>
/// <param name="SnapshotId">What of; for a load, the newest snapshot when it ended.</param>
/// <param name="State">How far it is.</param>
/// <param name="Tries">How often it was tried, or is being tried.</param>
/// <param name="QueuedAt">When it was to go out.</param>
/// <param name="NextTryAt">When it is tried next; null where it is done.</param>
/// <param name="EndedAt">When it arrived or was given up; null while it is pending.</param>
/// <param name="Status">The HTTP status of the last try; null where there was no answer.</param>
/// <param name="Error">Why the last try failed; null where none has.</param>
public sealed record WebhookDelivery(
    string WebhookId,
    int SnapshotId,
    DeliveryState State,
    int Tries,
    DateTime QueuedAt,
    DateTime? NextTryAt,
    DateTime? EndedAt,
    int? Status,
    string? Error)
{
    /// <summary>The load that it tells of; empty for a snapshot.</summary>
    public string LoadId { get; init; } = "";
}

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It is tried again, or for the first time, at the time that it says.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It was tried too often, or for too long.</summary>
    GivenUp,
}
