using System.Text.Json;
using System.Text.Json.Nodes;

namespace CineLedger.SystemTests.Packaging;

/// <summary>The text of sbom.cdx.json: the components of the built command, and which needs which, as a CycloneDX bill of materials.</summary>
internal static class SbomFile
{
    private const string Command = "cineledger";

    /// <summary>A package's libraries are components of their own: scanners look for vulnerabilities by their names.</summary>
    private static readonly (string Name, string License, string Package)[] Libraries =
    [
        ("duckdb", "MIT", "DuckDB.NET.Data"),
        ("librdkafka", "BSD-2-Clause", "librdkafka.redist"),
        ("skia", "BSD-3-Clause", "SkiaSharp.NativeAssets.Linux.NoDependencies"),
    ];

    public static string Create()
    {
        var packages = ShippedPackage.ReadAll();
        var components = new JsonArray();
        foreach (var package in packages)
        {
            var component = CreateComponent("library", package.Id, package.Version, GetLicense(package), GetReference(package));
            component["purl"] = GetReference(package);
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Sha512 });
            components.Add(component);
        }

        var references = packages.ToDictionary(package => package.Id, GetReference, StringComparer.OrdinalIgnoreCase);
        var dependencies = packages.ToDictionary(GetReference, package => package.Dependencies.Where(references.ContainsKey).Select(id => references[id]).ToList());
        foreach (var (name, license, packageId) in Libraries)
        {
            var package = packages.Single(package => package.Id == packageId);
            var reference = $"{name}@{package.Version}";
            components.Add(CreateComponent("library", name, package.Version, license, reference));
            dependencies[GetReference(package)].Add(reference);
            dependencies[reference] = [];
        }

        // ECharts is the only script; fonts are data.
        components.Add(CreateComponent("library", "echarts", "6.0.0", "Apache-2.0", "pkg:npm/echarts@6.0.0"));
        dependencies["pkg:npm/echarts@6.0.0"] = [];
        dependencies[Command] = [.. dependencies.Keys];
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = Command, ["licenses"] = CreateLicenses("MIT"), ["name"] = Command },
            },
            ["components"] = components,
            ["dependencies"] = new JsonArray([.. dependencies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new JsonObject
            {
                ["ref"] = pair.Key,
                ["dependsOn"] = new JsonArray([.. pair.Value.Order(StringComparer.Ordinal).Select(other => (JsonNode)other)]),
            })]),
        };
        return document.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static string GetReference(ShippedPackage package) => $"pkg:nuget/{package.Id}@{package.Version}";

    private static string GetLicense(ShippedPackage package) => package.Id == "librdkafka.redist" ? "BSD-2-Clause" : package.License;

    private static JsonObject CreateComponent(string type, string name, string version, string license, string reference) => new()
    {
        ["type"] = type,
        ["bom-ref"] = reference,
        ["name"] = name,
        ["version"] = version,
        ["licenses"] = CreateLicenses(license),
    };

    private static JsonArray CreateLicenses(string license) => [new JsonObject { ["license"] = new JsonObject { ["id"] = license } }];
}
