using System.Text.Json.Serialization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Loads;

/// <summary>How loads are requested and written. A request is read strictly: a misspelt field that is ignored would do something else than its sender meant.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LoadRequest))]
[JsonSerializable(typeof(DataResponse<LoadView>))]
[JsonSerializable(typeof(PagedResponse<LoadView>))]
internal sealed partial class LoadJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static LoadJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
