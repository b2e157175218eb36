using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Packaging;

/// <summary>
/// The .NET tool: packed from the existing build, installed from the package file into a folder, and run. It holds the native libraries of this
/// platform only; PlatformTests check that <c>dotnet pack</c> includes those of all platforms.
/// </summary>
public sealed partial class ToolPackageTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_packed_tool_installs_from_its_file_and_prints_its_version_and_commit()
    {
        // The version of the existing build: a commit since then would give the package another version.
        var built = (await _workspace.RunSuccessfullyAsync("--version")).Output.Trim();
        await RunAsync("dotnet", "msbuild", Repository.GetPath("src", "CineLedger.Cli", "CineLedger.Cli.csproj"), "-t:Pack", "-p:Configuration=Release", "-p:NoBuild=true", $"-p:MinVerVersionOverride={built.Split('+')[0]}", $"-p:PackageOutputPath={_workspace.Folder}", "-nologo", "-v:quiet");
        var file = Assert.Single(Directory.GetFiles(_workspace.Folder, "*.nupkg"));
        var metadata = Metadata(file);
        Assert.Equal("CineLedger", metadata["id"].Value);
        Assert.Equal("MIT", metadata["license"].Value);
        Assert.Equal("README.md", metadata["readme"].Value);
        Assert.Equal("icon.png", metadata["icon"].Value);
        Assert.Superset(new HashSet<string> { "README.md", "CHANGELOG.md", "LICENSE", "THIRD-PARTY-NOTICES", "icon.png" }, Entries(file));

        // The packed file is the only package source, so no network is needed.
        _workspace.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{_workspace.Folder}\" /></packageSources></configuration>");
        await RunAsync("dotnet", "tool", "install", "CineLedger", "--tool-path", _workspace.GetPath("tool"), "--version", metadata["version"].Value, "--configfile", _workspace.GetPath("nuget.config"));
        var version = (await RunAsync(_workspace.GetPath("tool/cineledger"), "--version")).Trim();
        Assert.Equal(built, version);
        Assert.StartsWith(metadata["version"].Value, version, StringComparison.Ordinal);
        if (Path.Exists(Repository.GetPath(".git")))
        {
            Assert.Matches(VersionWithCommit(), version);
        }

        await RunAsync(_workspace.GetPath("tool/cineledger"), "load", datasets.Small);
        Assert.StartsWith("year,", await RunAsync(_workspace.GetPath("tool/cineledger"), "report", "genres", "--format", "csv"), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        await using var process = CineLedgerProcess.StartOther(_workspace.Folder, program, arguments, null, environment);
        var result = await process.WaitAsync();
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit {result.ExitCode}: {result.Output}{result.Error}");
        return result.Output;
    }

    private static Dictionary<string, XElement> Metadata(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        using var stream = zip.Entries.Single(entry => entry.FullName == "CineLedger.nuspec").Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata").Elements().ToDictionary(element => element.Name.LocalName);
    }

    private static HashSet<string> Entries(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+\S*\+[0-9a-f]{40}$")]
    private static partial Regex VersionWithCommit();
}
