using System.Text.Json.Serialization;

namespace CineLedger.Web.Queries;

/// <summary>The JSON serialization of the dimensions and measures.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueryVocabulary))]
internal sealed partial class QueryJson : JsonSerializerContext;
