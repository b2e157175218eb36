using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

/// <summary>Reads the C# files of the repository for style tests.</summary>
internal static partial class SourceCode
{
    /// <summary>Returns the paths of all C# files, relative to the repository.</summary>
    public static IEnumerable<string> Files() =>
        from folder in (string[])["src", "tests", "bench"]
        from file in Directory.EnumerateFiles(Repository.GetPath(folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.GetPath(), file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj")
        orderby path
        select path;

    /// <summary>Returns code without comments or the content of literals. Line numbers stay the same.</summary>
    public static string RemoveText(string code) => Text().Replace(code, match => $"\"\"{new string('\n', match.Value.Count(c => c == '\n'))}");

    /// <summary>Matches comments and string and character literals.</summary>
    [GeneratedRegex(@"//.*$|/\*[\s\S]*?\*/|\$*""{3,}[\s\S]*?""{3,}|@?\$?@?""(?:\\.|""""|[^""\\\n])*""|'(?:\\.|[^'\\\n])'", RegexOptions.Multiline)]
    private static partial Regex Text();
}
