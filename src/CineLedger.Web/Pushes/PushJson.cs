using System.Text.Json.Serialization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Pushes;

/// <summary>How the answer to a push is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Data<PushRecord>))]
internal sealed partial class PushJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static PushJson Readable => field ??= new(ReadableJson.From(Default.Options));
}
