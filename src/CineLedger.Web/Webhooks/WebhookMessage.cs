using System.Text.Json;
using CineLedger.Model;
using CineLedger.Web.Events;
using CineLedger.Web.Loads;

namespace CineLedger.Web.Webhooks;

/// <summary>What is posted. The same bytes at each try.</summary>
/// <typeparam name="T">What it is of.</typeparam>
/// <param name="Type">What it is about: one of <see cref="WebhookEvents.All"/>.</param>
/// <param name="Timestamp">When that happened, UTC.</param>
/// <param name="Data">The snapshot, or the load.</param>
internal sealed record WebhookMessage<T>(string Type, DateTime Timestamp, T Data);

/// <summary>A message as it goes out.</summary>
/// <param name="Subject">What it tells of: the number of a snapshot, the name of a load.</param>
/// <param name="Body">JSON.</param>
internal sealed record WebhookPayload(string Subject, byte[] Body)
{
    public static WebhookPayload Create(Snapshot snapshot) => new(
        FormattableString.Invariant($"{snapshot.Id}"),
        JsonSerializer.SerializeToUtf8Bytes(new(WebhookEvents.Published, snapshot.PublishedAt, SnapshotEvent.Create(snapshot)), WebhookJson.Readable.SnapshotMessage));

    /// <summary>A load that ended badly.</summary>
    public static WebhookPayload Create(LoadRecord load) => new(
        load.Id,
        JsonSerializer.SerializeToUtf8Bytes(new(WebhookEvents.FromState(load.State)!, load.EndedAt!.Value, LoadView.Create(load)), WebhookJson.Readable.LoadMessage));
}
