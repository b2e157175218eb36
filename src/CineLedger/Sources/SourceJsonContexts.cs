using System.Text.Json.Serialization;
using CineLedger.Sources.Archive;

namespace CineLedger.Sources;

/// <summary>What is written as JSON about sources.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArchiveManifest))]
internal sealed partial class ArchiveJson : JsonSerializerContext;

/// <summary>Versions of several places as one text.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class SourceJson : JsonSerializerContext;
