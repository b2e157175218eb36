using System.Text.Json.Serialization;
using CineLedger.Reports;

namespace CineLedger.Web.Movies;

/// <summary>The JSON serialization of a movie's details.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(PlainDecimals)])]
[JsonSerializable(typeof(MovieDetails))]
internal sealed partial class MovieDetailsJson : JsonSerializerContext;
