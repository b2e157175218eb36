using System.Text.Json;
using System.Xml.Linq;

namespace CineLedger.SystemTests.Packaging;

/// <summary>A package whose files are shipped with the command.</summary>
/// <param name="License">The SPDX expression of its license.</param>
/// <param name="Copyright">Its copyright line, or its authors if it has none.</param>
internal sealed record ShippedPackage(string Id, string Version, string License, string Copyright, string Address)
{
    /// <summary>The packages that it needs, including those of the shared framework.</summary>
    public IReadOnlyList<string> Dependencies { get; private init; } = [];

    /// <summary>The SHA-512 of the package's file, in hexadecimal.</summary>
    public string Sha512 => Convert.ToHexStringLower(Convert.FromBase64String(Text($"{Id.ToLowerInvariant()}.{Version.ToLowerInvariant()}.nupkg.sha512")));

    /// <summary>The folder into which packages are restored.</summary>
    private static string Packages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>
    /// Returns the packages that the built command depends on, ordered by name. Packages of the shared framework are left out:
    /// which of them a build copies depends on the SDK.
    /// </summary>
    public static IReadOnlyList<ShippedPackage> ReadAll()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cineledger.deps.json")));
        var targets = dependencies.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        return [.. dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/'))
            .Where(name => !IsInFramework(name[0]))
            .Select(name => Read(name[0], name[1]) with
            {
                Dependencies = targets.GetProperty($"{name[0]}/{name[1]}").TryGetProperty("dependencies", out var needed) ? [.. needed.EnumerateObject().Select(other => other.Name)] : [],
            })
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    public static ShippedPackage Read(string id, string version)
    {
        var metadata = XDocument.Load(GetFile(id, version, $"{id.ToLowerInvariant()}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        var license = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value;
        var repository = (string?)metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url");
        return new(id, version, license ?? Value("licenseUrl") ?? "unknown", Value("copyright") ?? Value("authors") ?? "", repository ?? Value("projectUrl") ?? "");
    }

    /// <summary>Returns the text of one of the package's files, with LF line endings.</summary>
    public string Text(string name) => File.ReadAllText(GetFile(Id, Version, name)).ReplaceLineEndings("\n").Trim('\n', ' ');

    private static string GetFile(string id, string version, string name) => Path.Combine(Packages, id.ToLowerInvariant(), version.ToLowerInvariant(), name);

    private static bool IsInFramework(string id) => Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", ".."))
        .SelectMany(Directory.GetDirectories).Any(framework => File.Exists(Path.Combine(framework, $"{id}.dll")));
}
