using System.Text.Json.Serialization;

namespace CineLedger.Web.Health;

/// <summary>How the state of the server is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Health))]
internal sealed partial class HealthJson : JsonSerializerContext;
