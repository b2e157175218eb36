using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Web.Events;
using CineLedger.Web.Loads;
using CineLedger.Web.Pushes;
using CineLedger.Web.Webhooks;

namespace CineLedger.Web.Operations;

/// <summary>The JSON of operations. What is read is read strictly: a field that is misspelt and ignored would do something else than was meant.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LoadRequest))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(SnapshotEvent))]
[JsonSerializable(typeof(WebhookMessage<SnapshotEvent>), TypeInfoPropertyName = "SnapshotMessage")]
[JsonSerializable(typeof(WebhookMessage<LoadRecord>), TypeInfoPropertyName = "LoadMessage")]
[JsonSerializable(typeof(Data<LoadRecord>))]
[JsonSerializable(typeof(Page<LoadRecord>))]
[JsonSerializable(typeof(Data<PushRecord>))]
[JsonSerializable(typeof(Data<WebhookView>))]
[JsonSerializable(typeof(Data<IReadOnlyList<WebhookView>>))]
internal sealed partial class OperationJson : JsonSerializerContext
{
    /// <summary>With texts as they are, and times to the millisecond in UTC.</summary>
    public static OperationJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
