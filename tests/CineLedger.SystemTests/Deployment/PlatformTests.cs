using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The build restores and copies the native libraries of its target platform only.</summary>
public sealed class PlatformTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("linux-arm64", "linux-arm64/libduckdb.so", "Win32 macOS")]
    [InlineData("win-x64", "win-x64/duckdb.dll", "macOS")]
    [InlineData("osx-arm64", "osx/libduckdb.dylib", "Win32")]
    public async Task A_command_is_published_with_the_libraries_of_its_platform(string platform, string library, string pruned)
    {
        var build = await EvaluateAsync($"-p:RuntimeIdentifier={platform}");
        Assert.EndsWith(library, Assert.Single(Names(build, "None"), name => name.Contains("duckdb", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(pruned.Split(' ').Select(system => $"SkiaSharp.NativeAssets.{system}"), Names(build, "PrunePackageReference").Where(name => name.StartsWith("SkiaSharp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_tool_package_contains_the_libraries_of_all_platforms()
    {
        var build = await EvaluateAsync("-p:_IsPacking=true");
        Assert.DoesNotContain(Names(build, "None"), name => name.Contains("duckdb", StringComparison.Ordinal));
        Assert.DoesNotContain(Names(build, "PrunePackageReference"), name => name.StartsWith("SkiaSharp", StringComparison.Ordinal));
        Assert.Contains("DuckDB.NET.Data.Full", Names(await EvaluateAsync("-p:_IsPacking=true", "src/CineLedger"), "PackageReference"));
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<JsonElement> EvaluateAsync(string property, string project = "src/CineLedger.Cli")
    {
        await using var evaluation = CineLedgerProcess.StartOther(
            _workspace.Folder, "dotnet", ["msbuild", Directory.GetFiles(Repository.GetPath(project), "*.csproj").Single(), property, "-getItem:None,PackageReference,PrunePackageReference"]);
        var result = await evaluation.WaitAsync();
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("Items");
    }

    private static IReadOnlyList<string> Names(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
}
