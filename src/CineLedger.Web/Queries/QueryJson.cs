using System.Text.Json.Serialization;

namespace CineLedger.Web.Queries;

/// <summary>How the dimensions and measures are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueryVocabulary))]
internal sealed partial class QueryJson : JsonSerializerContext;
