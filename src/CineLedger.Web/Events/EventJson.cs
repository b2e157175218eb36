using System.Text.Json.Serialization;

namespace CineLedger.Web.Events;

/// <summary>The JSON serialization of events.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SnapshotEvent))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static EventJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
