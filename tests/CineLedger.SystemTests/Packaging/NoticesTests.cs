using System.Text.Json.Nodes;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Packaging;

/// <summary>THIRD-PARTY-NOTICES and sbom.cdx.json list the components of the built command. build/third-party-notices.sh rewrites both.</summary>
public sealed class NoticesTests
{
    [Fact]
    public async Task The_notices_list_every_shipped_package_with_its_version_and_license()
    {
        var path = Repository.GetPath("THIRD-PARTY-NOTICES");
        var text = NoticesFile.Create();
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        Assert.True(
            text == (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"),
            "THIRD-PARTY-NOTICES differs from the resolved packages: run build/third-party-notices.sh");
    }

    [Fact]
    public async Task The_bill_of_materials_lists_every_shipped_package_with_its_hash()
    {
        var path = Repository.GetPath("sbom.cdx.json");
        var text = SbomFile.Create();
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        var actual = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.True(text == actual, "sbom.cdx.json differs from the resolved packages: run build/third-party-notices.sh");
        var components = JsonNode.Parse(actual)!["components"]!.AsArray();
        foreach (var package in ShippedPackage.ReadAll())
        {
            var component = components.Single(one => (string?)one!["purl"] == $"pkg:nuget/{package.Id}@{package.Version}")!;
            Assert.Matches("^[0-9a-f]{128}$", (string?)component["hashes"]![0]!["content"]);
        }

        // Every reference names a component, and the command reaches each.
        var references = components.Select(one => (string)one!["bom-ref"]!).Append("cineledger").ToHashSet();
        Assert.Equal(components.Count + 1, references.Count);
        var dependencies = JsonNode.Parse(actual)!["dependencies"]!.AsArray();
        Assert.Equal(references.Order(StringComparer.Ordinal), dependencies.Select(one => (string)one!["ref"]!));
        Assert.Subset(references, dependencies.SelectMany(one => one!["dependsOn"]!.AsArray()).Select(other => (string)other!).ToHashSet());
    }

    [Fact]
    public async Task Every_shipped_package_is_locked_by_version_and_hash()
    {
        var text = await File.ReadAllTextAsync(Repository.GetPath("src", "CineLedger.Cli", "packages.lock.json"), TestContext.Current.CancellationToken);
        var locked = new Dictionary<string, JsonNode?>(JsonNode.Parse(text)!["dependencies"]!["net10.0"]!.AsObject(), StringComparer.OrdinalIgnoreCase);
        var shipped = ShippedPackage.ReadAll();
        Assert.True(shipped.Count > 20);
        Assert.All(shipped, package => Assert.Equal(package.Version, (string?)locked[package.Id]!["resolved"]));
        Assert.All(shipped, package => Assert.Equal(64, Convert.FromBase64String((string)locked[package.Id]!["contentHash"]!).Length));
    }

    [Fact]
    public void Every_shipped_package_has_a_known_license() =>
        Assert.All(ShippedPackage.ReadAll(), package => Assert.True(
            package.Id == "librdkafka.redist" || package.License is "MIT" or "Apache-2.0" or "BSD-3-Clause" or "PostgreSQL",
            $"{package.Id} {package.Version} is under {package.License}: add its text to NoticesFile"));
}
