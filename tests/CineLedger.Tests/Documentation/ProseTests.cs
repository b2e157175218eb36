using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

public sealed class ProseTests
{
    /// <summary>
    /// The files and folders that are checked. Add to it whatever has been reviewed; the goal is the whole tree. <c>CINELEDGER_PROSE=src,docs</c> checks other places once.
    /// </summary>
    private static readonly string[] Reviewed =
    [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ".github", "build/third-party-notices.sh",
        "docs/README.md", "docs/architecture.md", "docs/faq.md", "docs/getting-started.md", "docs/glossary.md", "docs/how-an-endpoint-is-built.md", "docs/loading.md", "docs/performance.md", "docs/queries.md",
        "docs/reference.md", "docs/reports.md", "docs/decisions", "bench/README.md", "tests/CineLedger.SystemTests/Packaging",
    ];

    /// <summary>Files in these folders that have not been reviewed yet.</summary>
    private static readonly string[] Exceptions = [];

    private static readonly string[] Extensions = [".md", ".cs", ".razor", ".js", ".sql", ".sh", ".yml", ".yaml", ".conf"];

    [Fact]
    public void Reviewed_files_contain_no_wording_that_the_style_guide_rules_out()
    {
        var places = Environment.GetEnvironmentVariable("CINELEDGER_PROSE") is { Length: > 0 } given ? given.Split(',') : Reviewed;
        var hits = places.SelectMany(Files).Except(Exceptions).SelectMany(path => Prose.Find(path, File.ReadAllText(Repository.GetPath(path))).Select(hit => $"{path}:{hit}")).ToList();
        Assert.True(hits.Count == 0, $"{hits.Count} lines to rewrite; Prose.cs says what to write instead:\n{string.Join('\n', hits)}");
    }

    [Theory]
    [InlineData("a.md", "The film is known.")]
    [InlineData("a.md", "Whoever may read is told so.")]
    [InlineData("a.md", "It is a shell, for one, or a script.")]
    [InlineData("a.md", "It would be compiled else.")]
    [InlineData("a.cs", "var x = 1; // two at the most")]
    [InlineData("a.cs", "/// <summary>Kept for ever.</summary>")]
    [InlineData("a.cs", "throw new Problem(\"no film there\");")]
    [InlineData("a.sql", "SELECT 1 -- begin anew")]
    [InlineData("a.sh", "run # as they come")]
    public void A_wording_that_is_ruled_out_is_found(string path, string text) => Assert.NotEmpty(Prose.Find(path, text));

    [Theory]
    [InlineData("a.md", "Everything else. Nothing else; someone else.")]
    [InlineData("a.md", "The table `film_links` and [a page](films.md).")]
    [InlineData("a.md", "```text\nFilms 45,433\n```\nfilmstrip")]
    [InlineData("a.cs", "var film = FilmLinks.For(films);")]
    [InlineData("a.cs", "/// <see cref=\"film\"/>")]
    [InlineData("a.sh", "for film in $films; do")]
    public void Code_and_correct_wordings_are_not_found(string path, string text) => Assert.Empty(Prose.Find(path, text));

    private static IEnumerable<string> Files(string place)
    {
        var path = Repository.GetPath(place);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.GetPath(), file).Replace('\\', '/'))
                .Where(file => Extensions.Contains(Path.GetExtension(file)) && !file.Split('/').Any(folder => folder is "bin" or "obj")).Order(StringComparer.Ordinal)
            : [place];
    }
}
