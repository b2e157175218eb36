using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

/// <summary>Checks that the guarantees of docs/security.md are tested.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_guarantee_names_an_existing_test()
    {
        var rows = File.ReadAllLines(Repository.GetPath("docs", "security.md")).SkipWhile(line => line != "## Guarantees").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEmpty(TestName().Matches(row)));
        var missing = rows.SelectMany(row => TestName().Matches(row)).Where(name => !Exists(name.Groups["class"].Value, name.Groups["test"].Value)).Select(name => name.Value);
        Assert.Empty(missing);
    }

    private static bool Exists(string type, string test) =>
        Directory.EnumerateFiles(Repository.GetPath("tests"), $"{type}.cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains($" {test}(", StringComparison.Ordinal));

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<test>\w+)`")]
    private static partial Regex TestName();
}
