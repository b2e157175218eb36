using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The files under deploy/, and the programs that read them.</summary>
internal static class DeployedFiles
{
    public static string GetPath(params string[] parts) => Repository.GetPath(["deploy", .. parts]);

    public static string Text(params string[] parts) => File.ReadAllText(GetPath(parts));

    /// <summary>Parses a YAML file into maps, lists and strings, with anchors and merge keys resolved.</summary>
    public static Dictionary<object, object> Yaml(string text) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(text))));

    public static Dictionary<object, object> Map(this Dictionary<object, object> map, string key) =>
        map.TryGetValue(key, out var value) && value is Dictionary<object, object> inner ? inner : [];

    /// <summary>Returns the items of a list or the keys of a map: compose files use both.</summary>
    public static IEnumerable<string> Names(this Dictionary<object, object> map, string key) => map.GetValueOrDefault(key) switch
    {
        List<object> list => list.Select(item => item as string ?? (string)((Dictionary<object, object>)item)["source"]),
        Dictionary<object, object> inner => inner.Keys.Cast<string>(),
        _ => [],
    };

    /// <summary>Returns the path of a program. Skips the test when it is not installed; fails it in CI, where test.sh has installed it.</summary>
    public static string Program(string package, params string[] paths)
    {
        var found = paths.FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{paths[0]} is missing (Debian's package {package}); ./test.sh installs it.");
            Assert.Fail($"{paths[0]} is missing: Debian's package {package}.");
        }

        return found;
    }

    /// <summary>Runs a program that must accept its input, and returns its output.</summary>
    public static async Task<string> RunSuccessfullyAsync(string folder, string program, params string[] arguments)
    {
        await using var process = CineLedgerProcess.StartOther(folder, program, arguments);
        var result = await process.WaitAsync();
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit {result.ExitCode}: {result.Output}{result.Error}");
        return result.Output + result.Error;
    }
}
