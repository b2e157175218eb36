using System.Text.Json.Serialization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Pushes;

/// <summary>The JSON serialization of the response to a push.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataResponse<PushResult>))]
internal sealed partial class PushJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static PushJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
