using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Packaging;

/// <summary>THIRD-PARTY-NOTICES lists the components of the built command. build/third-party-notices.sh rewrites it.</summary>
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
    public void Every_shipped_package_has_a_known_license() =>
        Assert.All(ShippedPackage.ReadAll(), package => Assert.True(
            package.Id == "librdkafka.redist" || package.License is "MIT" or "Apache-2.0" or "BSD-3-Clause" or "PostgreSQL",
            $"{package.Id} {package.Version} is under {package.License}: add its text to NoticesFile"));
}
