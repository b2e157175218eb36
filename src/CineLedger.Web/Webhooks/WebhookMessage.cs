using System.Text.Json;
using CineLedger.Model;
using CineLedger.Web.Events;
using CineLedger.Web.Loads;

namespace CineLedger.Web.Webhooks;

/// <summary>The content of a message. Its bytes are the same at each attempt.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <param name="Type">The event: one of <see cref="WebhookEvents.All"/>.</param>
/// <param name="Timestamp">The time of the event, UTC.</param>
/// <param name="Data">The snapshot, or the load.</param>
internal sealed record WebhookMessage<T>(string Type, DateTime Timestamp, T Data);

/// <summary>A serialized message.</summary>
/// <param name="Subject">The number of the snapshot, or the ID of the load.</param>
/// <param name="Body">The message as JSON.</param>
internal sealed record WebhookPayload(string Subject, byte[] Body)
{
    public static WebhookPayload Create(Snapshot snapshot) => new(
        FormattableString.Invariant($"{snapshot.Id}"),
        JsonSerializer.SerializeToUtf8Bytes(new(WebhookEvents.Published, snapshot.PublishedAt, SnapshotEvent.Create(snapshot)), WebhookJson.Readable.SnapshotMessage));

    /// <summary>Creates the message for a load that failed or was gated.</summary>
    public static WebhookPayload Create(LoadRecord load) => new(
        load.Id,
        JsonSerializer.SerializeToUtf8Bytes(
            new(WebhookEvents.FromState(load.State)!, load.EndedAt!.Value, LoadView.Create(load).WithoutPaths()), WebhookJson.Readable.LoadMessage));
}
