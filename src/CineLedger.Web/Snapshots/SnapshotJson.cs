using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Web.Snapshots;

/// <summary>The JSON serialization of a snapshot.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
