using System.Text.Json.Serialization;

namespace CineLedger.Web.Errors;

/// <summary>The JSON serialization of problems.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static ProblemJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}
