using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Web.Snapshots;

/// <summary>How a snapshot is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
