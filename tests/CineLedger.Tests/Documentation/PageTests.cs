using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

/// <summary>Checks that every page is linked and that the links on the pages work.</summary>
public sealed partial class PageTests
{
    private static IEnumerable<string> Guides => Directory.GetFiles(Repository.GetPath("docs"), "*.md").Select(path => Path.GetFileName(path)!).Where(name => name != "README.md");

    private static IEnumerable<string> Decisions =>
        Directory.GetFiles(Repository.GetPath("docs", "decisions"), "*.md").Select(path => Path.GetFileName(path)!).Where(name => name != "README.md");

    /// <summary>Paths of all Markdown pages for readers, relative to the repository.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Repository.GetPath(), "*.md").Concat(Directory.GetFiles(Repository.GetPath("docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.GetPath(), path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_index_links_to_every_page()
    {
        var index = Text("docs/README.md");
        Assert.DoesNotContain(Guides, page => !index.Contains($"]({page})", StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_of_decisions_links_to_every_decision_by_its_title()
    {
        var index = Text("docs/decisions/README.md");
        Assert.DoesNotContain(
            Decisions, page => !index.Contains($"| [{page[..4]}]({page}) | {Text($"docs/decisions/{page}").Split('\n')[0].Split(". ", 2)[1]} |", StringComparison.Ordinal));
    }

    [Fact]
    public void A_decision_fits_on_one_screen() =>
        Assert.DoesNotContain(Decisions, page => Text($"docs/decisions/{page}").Split('\n').Length > 30);

    [Fact]
    public void The_readme_is_short() => Assert.InRange(Text("README.md").TrimEnd('\n').Split('\n').Length, 30, 90);

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_links_of_a_page_have_existing_targets(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        var broken = from Match link in Link().Matches(Code().Replace(Text(page), ""))
                     let target = link.Groups[1].Value.Split('#')
                     where !target[0].Contains(':', StringComparison.Ordinal)
                     let path = target[0].Length == 0 ? page : Path.Combine(folder, target[0])
                     where !Path.Exists(Repository.GetPath(path)) || (target.Length > 1 && !Anchors(path).Contains(target[1]))
                     select link.Groups[1].Value;
        Assert.Empty(broken);
    }

    private static string Text(string page) => File.ReadAllText(Repository.GetPath(page)).ReplaceLineEndings("\n");

    /// <summary>Returns the anchors of a page: explicit ones, and those that GitHub generates from headings.</summary>
    private static HashSet<string> Anchors(string page)
    {
        var text = Text(page);
        return [.. ExplicitAnchor().Matches(text).Select(match => match.Groups[1].Value),
            .. Heading().Matches(Code().Replace(text, "")).Select(match => Slug(match.Groups[1].Value))];
    }

    private static string Slug(string heading) =>
        NotInSlug().Replace(ExplicitAnchor().Replace(heading, "").Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ {0,3}```.*?^ {0,3}```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"<a id=""([^""]+)"">(?:</a>)?")]
    private static partial Regex ExplicitAnchor();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInSlug();
}
