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
internal sealed record WebhookText(string Subject, byte[] Body)
{
    public static WebhookText Of(Snapshot snapshot) => new(
        FormattableString.Invariant($"{snapshot.Id}"),
        JsonSerializer.SerializeToUtf8Bytes(new(WebhookEvents.Published, snapshot.PublishedAt, SnapshotEvent.Of(snapshot)), WebhookJson.Readable.SnapshotMessage));

    /// <summary>A load that ended badly.</summary>
    public static WebhookText Of(RunRecord run) => new(
        run.Id,
        JsonSerializer.SerializeToUtf8Bytes(new(WebhookEvents.Of(run.State)!, run.EndedAt!.Value, LoadRecord.Of(run)), WebhookJson.Readable.LoadMessage));
}
