using System.Text.Json.Serialization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Uploads;

/// <summary>The JSON serialization of uploads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataResponse<UploadView>))]
internal sealed partial class UploadJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static UploadJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
