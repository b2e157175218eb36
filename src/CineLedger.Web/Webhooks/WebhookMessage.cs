using CineLedger.Web.Events;

namespace CineLedger.Web.Webhooks;

/// <summary>What is posted. The same bytes at each try.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Timestamp">When that happened, UTC.</param>
/// <param name="Data">The snapshot.</param>
internal sealed record WebhookMessage(string Type, DateTime Timestamp, SnapshotEvent Data)
{
    public const string Published = "snapshot.published";

    public static WebhookMessage Of(Model.Snapshot snapshot) => new(Published, snapshot.PublishedAt, SnapshotEvent.Of(snapshot));
}
