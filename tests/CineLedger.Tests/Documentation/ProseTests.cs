using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

public sealed class ProseTests
{
    /// <summary>The checked files and folders. <c>CINELEDGER_PROSE=src,docs</c> overrides them.</summary>
    private static readonly string[] Places =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "test.sh", ".github", "bench", "build", "deploy", "docs", "src"];

    private static readonly string[] Extensions = [".md", ".cs", ".razor", ".js", ".sql", ".sh", ".yml", ".yaml", ".conf"];

    [Fact]
    public void No_file_contains_a_wording_that_the_style_guide_rules_out()
    {
        var places = Environment.GetEnvironmentVariable("CINELEDGER_PROSE") is { Length: > 0 } given ? given.Split(',') : Places;
        var hits = places.SelectMany(Files).SelectMany(path => Prose.Find(path, File.ReadAllText(Repository.GetPath(path))).Select(hit => $"{path}:{hit}")).ToList();
        Assert.True(hits.Count == 0, $"{hits.Count} lines to rewrite; Prose.cs lists the replacements:\n{string.Join('\n', hits)}");
    }

    /// <summary>Only texts of other people have curly apostrophes, and the code that recognizes them.</summary>
    [Fact]
    public void Texts_of_pages_have_straight_apostrophes() =>
        Assert.All(Files("src/CineLedger.Web"), path => Assert.DoesNotContain("’", File.ReadAllText(Repository.GetPath(path)), StringComparison.Ordinal));

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
