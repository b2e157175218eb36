using System.Text.Json.Serialization;
using CineLedger.Web.Events;
using CineLedger.Web.Http;
using CineLedger.Web.Loads;

namespace CineLedger.Web.Webhooks;

/// <summary>
/// The JSON serialization of webhooks and their messages. Requests are read strictly, because ignoring a misspelled field would do something that the
/// client did not intend.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookMessage<SnapshotEvent>), TypeInfoPropertyName = "SnapshotMessage")]
[JsonSerializable(typeof(WebhookMessage<LoadView>), TypeInfoPropertyName = "LoadMessage")]
[JsonSerializable(typeof(DataResponse<WebhookView>))]
[JsonSerializable(typeof(DataResponse<IReadOnlyList<WebhookView>>))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static WebhookJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
