using System.Text.Json.Serialization;
using CineLedger.Reports;

namespace CineLedger.Web.Movies;

/// <summary>How all that is known of a film is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(PlainDecimals)])]
[JsonSerializable(typeof(MovieFacts))]
internal sealed partial class MovieFactsJson : JsonSerializerContext;
