using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

public sealed partial class LineLengthTests
{
    /// <summary>The formatter does not enforce the limit. Text in literals is exempt because it cannot always be wrapped.</summary>
    [Fact]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        var limit = int.Parse(Limit().Match(File.ReadAllText(Repository.GetPath(".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Empty(
            from path in SourceCode.Files()
            let text = File.ReadAllText(Repository.GetPath(path))
            let comments = text.Split('\n').Select(line => line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? line.Length : 0)
            from line in SourceCode.RemoveText(text).Split('\n').Zip(comments, (code, comment) => Math.Max(code.Length, comment)).Index()
            where line.Item > limit
            select $"{path}:{line.Index + 1}: {line.Item} columns");
    }

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Limit();
}
