using System.Text.Json.Serialization;

namespace CineLedger.Web.Health;

/// <summary>The JSON serialization of the server's health.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Health))]
internal sealed partial class HealthJson : JsonSerializerContext;
