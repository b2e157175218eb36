using System.Text.Json.Serialization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Loads;

/// <summary>
/// The JSON serialization of loads. Requests are read strictly, because ignoring a misspelled field would do something that the client did not intend.
/// </summary>
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
