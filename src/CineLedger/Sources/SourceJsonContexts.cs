using System.Text.Json.Serialization;
using CineLedger.Sources.Archive;

namespace CineLedger.Sources;

/// <summary>JSON serialization of archive manifests.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArchiveManifest))]
internal sealed partial class ArchiveJson : JsonSerializerContext;

/// <summary>JSON serialization of the combined version of several sources.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class SourceJson : JsonSerializerContext;
