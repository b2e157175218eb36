using System.Text.Json.Serialization;
using CineLedger.Reports;

namespace CineLedger.Web.Movies;

/// <summary>How all that is known of a movie is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(PlainDecimals)])]
[JsonSerializable(typeof(MovieDetails))]
internal sealed partial class MovieFactsJson : JsonSerializerContext;
