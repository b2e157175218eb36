using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Storage.Operations;

namespace CineLedger.Web.Webhooks;

/// <summary>A request to register a webhook.</summary>
internal sealed record WebhookRequest
{
    public required string Url { get; init; }

    public string? Secret { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>A webhook in a response. The secret is included only when it is registered or replaced. Times are UTC.</summary>
internal sealed record WebhookView(string Id, string Url, DateTime CreatedAt, IReadOnlyList<string> Events)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>A warning about an unsafe address; null if it is safe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>Until when the previous secret also signs messages; null when only one secret is valid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? PreviousSecretUntil { get; init; }

    /// <summary>The latest deliveries, the newest snapshot first; null in lists of webhooks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeliveryView>? Deliveries { get; init; }

    public static WebhookView Create(Webhook webhook) => new(webhook.Id, webhook.Url, webhook.CreatedAt, webhook.Events)
    {
        Warning = webhook.Url.StartsWith("http://", StringComparison.Ordinal)
            ? "Messages to this address are not encrypted: everybody on their way can read them and the path, which may contain a token. Use https."
            : null,
        PreviousSecretUntil = webhook.PreviousUntil > DateTime.UtcNow ? webhook.PreviousUntil : null,
    };
}

/// <summary>A delivery in a response.</summary>
/// <param name="Snapshot">The snapshot of the message; for a load, the newest snapshot when it ended.</param>
/// <param name="Load">The load that failed or was gated; null for a snapshot.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>given-up</c>.</param>
/// <param name="Tries">The number of attempts, including the current one.</param>
/// <param name="NextTryAt">The time of the next attempt; null when there is none.</param>
/// <param name="Status">The status of the last response.</param>
/// <param name="Error">Why the last attempt failed.</param>
internal sealed record DeliveryView(
    int Snapshot, string State, int Tries, DateTime QueuedAt, DateTime? NextTryAt, DateTime? EndedAt, int? Status, string? Error, string? Load)
{
    public static DeliveryView Create(WebhookDelivery delivery) => new(
        delivery.SnapshotId,
        DeliveryRows.GetStateName(delivery.State),
        delivery.Attempts,
        delivery.QueuedAt,
        delivery.NextAttemptAt,
        delivery.EndedAt,
        delivery.Status,
        delivery.Error,
        delivery.LoadId.Length > 0 ? delivery.LoadId : null);
}
