using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Storage.Operations;

namespace CineLedger.Web.Webhooks;

/// <summary>A webhook as it is asked for.</summary>
internal sealed record WebhookRequest
{
    public required string Url { get; init; }

    public string? Secret { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>A webhook as it is shown: with its secret once, when it is registered. Times are UTC.</summary>
internal sealed record WebhookView(string Id, string Url, DateTime CreatedAt, IReadOnlyList<string> Events)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>The last ones, the newest snapshot first; null where they were not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeliveryView>? Deliveries { get; init; }

    public static WebhookView Create(Webhook webhook) => new(webhook.Id, webhook.Url, webhook.CreatedAt, webhook.Events);
}

/// <param name="Snapshot">What of; for a load, the newest snapshot when it ended.</param>
/// <param name="Load">The load that ended badly; null for a snapshot.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>given-up</c>.</param>
/// <param name="Tries">How often it was tried, or is being tried.</param>
/// <param name="NextTryAt">Null where it is done.</param>
/// <param name="Status">Of the last answer.</param>
/// <param name="Error">Why the last try failed.</param>
internal sealed record DeliveryView(int Snapshot, string State, int Tries, DateTime QueuedAt, DateTime? NextTryAt, DateTime? EndedAt, int? Status, string? Error, string? Load)
{
    public static DeliveryView Create(WebhookDelivery delivery) => new(
        delivery.SnapshotId, DeliveryRows.GetStateName(delivery.State), delivery.Tries, delivery.QueuedAt, delivery.NextTryAt, delivery.EndedAt, delivery.Status, delivery.Error,
        delivery.LoadId.Length > 0 ? delivery.LoadId : null);
}
