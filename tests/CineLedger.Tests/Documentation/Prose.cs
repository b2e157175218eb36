using System.Text.RegularExpressions;

namespace CineLedger.Tests.Documentation;

/// <summary>Wordings that the style guide in CONTRIBUTING.md rules out. Each pattern matches only text that is always wrong, so a hit is never a matter of taste.</summary>
internal static partial class Prose
{
    /// <summary>Patterns, each with its replacement.</summary>
    public static IReadOnlyList<(string Pattern, string Instead)> Patterns { get; } =
    [
        // In lower case, since companies are called Film. Former JSON names and addresses ("films", /films) are not prose.
        (@"(?-i:(?<![""/\\])\bfilms?\b)", "movie"),
        (@"\bwhoever\b", "the caller, the client, the reader"),
        (@"\bwho asks\b", "the caller"),
        (@"\b(?:is|are|was|were) told\b", "receives, learns, is given"),
        (@"\bfor one\b(?=[.,;:)])", "for example"),
        (@"(?<!thing|one|body|what|where|who|how|all|little|much) else(?=[.;])", "otherwise, at the start of the clause"),
        (@"\bat the most\b", "at most"),
        (@"\bfor ever\b", "forever"),
        (@"\banew\b", "again"),
        (@"\bas they come\b", "in the default order"),
        (@"\btake along\b", "download, export"),
        (@"\b(?:is|are|was|were) (?:not )?to be had\b", "is available"),
        (@"\bwhat (?:is|was) said\b", "the message"),
        (@"\bhears? of\b", "is notified of"),
        (@"\blikes to\b", "may, often"),
        (@"\bthere (?:is|are) as many\b", "the limit is reached"),
    ];

    private static readonly Regex All = new(string.Join('|', Patterns.Select(pattern => $"(?:{pattern.Pattern})")), RegexOptions.IgnoreCase);

    /// <summary>Returns the hits in a text, each as <c>line number: line</c>.</summary>
    /// <param name="path">The file's path; its extension determines which parts of the text are prose.</param>
    public static IEnumerable<string> Find(string path, string text)
    {
        var prose = GetProse(path, text);
        return from match in All.Matches(prose)
               let line = prose.AsSpan(0, match.Index).Count('\n')
               select $"{line + 1}: {text.Split('\n')[line].Trim()}";
    }

    /// <summary>Returns the text with everything but prose blanked out, so that line numbers stay the same.</summary>
    private static string GetProse(string path, string text) => Path.GetExtension(path) switch
    {
        ".md" => MarkdownCode().Replace(text, Blank),
        ".cs" => KeepMatches(CSharpProse(), DocTags().Replace(text, Blank)),
        ".js" => KeepMatches(SlashComments(), text),
        ".sql" => KeepMatches(DashComments(), text),
        ".sh" or ".yml" or ".yaml" or ".conf" => KeepMatches(HashComments(), text),
        _ => text,
    };

    private static string KeepMatches(Regex prose, string text)
    {
        var kept = new System.Text.StringBuilder(Blank(text));
        foreach (Match match in prose.Matches(text))
        {
            kept.Remove(match.Index, match.Length).Insert(match.Index, match.Value);
        }

        return kept.ToString();
    }

    private static string Blank(Match match) => Blank(match.Value);

    private static string Blank(string text) => string.Create(text.Length, text, (blank, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            blank[i] = from[i] == '\n' ? '\n' : ' ';
        }
    });

    /// <summary>Matches fenced blocks, inline code, and link targets.</summary>
    [GeneratedRegex(@"^ {0,3}```.*?^ {0,3}```|`[^`\n]+`|\]\([^)\n]*\)|https?://\S+", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex MarkdownCode();

    /// <summary>Matches doc comment tags and the code in them.</summary>
    [GeneratedRegex(@"(?<=///.*)(?:<c>[^<\n]*</c>|</?\w+[^>\n]*>)")]
    private static partial Regex DocTags();

    /// <summary>Matches comments and string literals.</summary>
    [GeneratedRegex(@"//.*$|""{3}[\s\S]*?""{3}|""(?:\\.|[^""\\\n])*""", RegexOptions.Multiline)]
    private static partial Regex CSharpProse();

    [GeneratedRegex(@"//.*$|/\*[\s\S]*?\*/", RegexOptions.Multiline)]
    private static partial Regex SlashComments();

    [GeneratedRegex(@"--.*$", RegexOptions.Multiline)]
    private static partial Regex DashComments();

    [GeneratedRegex(@"(?<=^|\s)#.*$", RegexOptions.Multiline)]
    private static partial Regex HashComments();
}
