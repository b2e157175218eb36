using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Docs;

/// <summary>README.md, docs/*.md and docs/jobs/*.md as they are in the repository.</summary>
internal static partial class DocumentationPages
{
    /// <summary>The folder of the pages that assume a loaded ledger.</summary>
    public const string Jobs = "docs/jobs";

    public static IReadOnlyList<string> Names =>
    [
        "README.md",
        .. from folder in (string[])["docs", Jobs]
           from path in Directory.GetFiles(Repository.GetPath(folder), "*.md").Order(StringComparer.Ordinal)
           select $"{folder}/{Path.GetFileName(path)}",
    ];

    public static string Text(string name) => File.ReadAllText(Repository.GetPath(name));

    /// <summary>Returns the lines of a page's <c>```sh</c> blocks that run the command, send a request to its server or read an export, with continued lines joined.</summary>
    /// <remarks>A command that cannot run here, because it needs the network, belongs in a <c>```text</c> block.</remarks>
    public static IEnumerable<DocumentedCommand> Commands(string name) =>
        from Match block in ShellBlock().Matches(Text(name))
        from line in block.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let text = line.Trim()
        where text.StartsWith("cineledger ", StringComparison.Ordinal) || text.Contains("| cineledger ", StringComparison.Ordinal)
            || text.StartsWith("curl ", StringComparison.Ordinal) || text.StartsWith("sqlite3 ", StringComparison.Ordinal) || text == DocumentedCommand.End
        let exit = ExitComment().Match(text)
        select new DocumentedCommand(text, exit.Success ? int.Parse(exit.Groups["code"].Value, null) : 0);

    [GeneratedRegex(@"(?ms)^ {0,3}```sh[ \t]*\r?\n(?<lines>.*?)^ {0,3}```[ \t]*\r?$")]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"# exit (?<code>\d+)\s*$")]
    private static partial Regex ExitComment();
}

/// <param name="Line">The line as it is on the page. A line that begins with curl sends a request to the server's default address.</param>
/// <param name="ExitCode">0, or the code in a trailing <c># exit N</c>.</param>
internal sealed record DocumentedCommand(string Line, int ExitCode)
{
    /// <summary>The line with which a page stops a server that it started with <c>cineledger serve … &amp;</c>.</summary>
    public const string End = "kill %1";

    public bool UsesServer => Line.StartsWith("curl ", StringComparison.Ordinal);

    public bool StartsServer => Line.EndsWith(" &", StringComparison.Ordinal);

    public bool EndsServer => Line == End;
}
