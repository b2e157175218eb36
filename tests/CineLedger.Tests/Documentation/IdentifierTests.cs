using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

/// <summary>Words that identifiers must not contain because a plainer one exists. See "Style" in CONTRIBUTING.md.</summary>
public sealed partial class IdentifierTests
{
    /// <summary>Forbidden words, each with its replacement. A word is a camel-case or underscore-separated part of an identifier.</summary>
    private static readonly Dictionary<string, string> Forbidden = """
        film: movie
        films: movies
        sides: related
        fate: change
        forge: generator
        glance: probe
        hearing: context
        spine: timeline
        talk: log
        news: changed
        stranger: unlinked, remote
        strangers: unlinked, remote
        everybody: all, anonymous
        anybody: anonymous
        somebody: the role: caller, client, operator
        nobody: none
        whoever: caller, client, reader
        told: reported, notified
        hears: receives
        heard: received
        asked: requested
        usual: default
        longest: max…Length
        begun: started
        gone: removed
        beaten: superseded
        wanted: requested
        judge: compare, validate
        room: space, bounds
        doubt: suspicious
        doubts: suspicious
        picture: image, chart
        pictures: images, charts
        ink: color
        inks: colors
        desk: workspace
        anew: again
        colour: color
        recognise: recognize
        favourite: favorite
        """.Split('\n').Select(line => line.Split(": ")).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void No_identifier_contains_a_word_that_the_style_guide_rules_out()
    {
        var hits = SourceCode.Files().SelectMany(path => Find(File.ReadAllText(Repository.GetPath(path))).Select(hit => $"{path}: {hit}")).Distinct().ToList();
        Assert.True(hits.Count == 0, $"{hits.Count} identifiers to rename:\n{string.Join('\n', hits)}");
    }

    [Theory]
    [InlineData("var film = 1;", "film")]
    [InlineData("void KeepStrangers() { }", "KeepStrangers")]
    [InlineData("void Nobody_is_notified() { }", "Nobody_is_notified")]
    [InlineData("static Movie Of(int id) => Read(id);", "Of")]
    [InlineData("private const int MostRows = 3;", "MostRows")]
    [InlineData("internal static class QueryWords;", "QueryWords")]
    public void A_forbidden_name_is_found(string code, string name) => Assert.Contains(Find(code), hit => hit.StartsWith(name, StringComparison.Ordinal));

    [Theory]
    [InlineData("// a film for nobody")]
    [InlineData("var movie = \"film\";")]
    [InlineData("var filmstrip = newsletter;")]
    [InlineData("var text = $\"\"\"\n    SELECT film\n    \"\"\";")]
    [InlineData("var all = typeof(Offset).Of;")]
    [InlineData("var first = MostPopular;")]
    public void Other_names_comments_and_strings_are_not_found(string code) => Assert.Empty(Find(code));

    private static IEnumerable<string> Find(string code)
    {
        var names = SourceCode.RemoveText(code);
        return Identifier().Matches(names).Select(match => match.Value)
            .SelectMany(name => Word().Matches(name).Select(word => word.Value).Where(Forbidden.ContainsKey).Select(word => $"{name}: write {Forbidden[word]}"))
            .Concat(Shape().Matches(names).Select(match => $"{match.Groups["name"].Value}: a method starts with a verb, a limit with Min or Max, and a type is not called …Words"));
    }

    [GeneratedRegex(@"(?<!\w)@?[A-Za-z_]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Word();

    /// <summary>Matches declarations whose whole name is wrong: a method called Of, Take, Keep, Tell or Look, a limit called Most… or Least…, a type called …Words.</summary>
    [GeneratedRegex(@"[\w>\]?] (?<name>(?:Of|Take|Keep|Tell|Look)(?:Async)?)(?=(?:<\w+>)?\()(?<!(?:new|return|await|throw) \w+)|[\w>\]] (?<name>(?:Most|Least)[A-Z]\w*)(?<!MostFrequent|MostPopular)(?= (?:=|\{))|(?:class|record|struct|enum|interface) (?<name>\w+Words)\b")]
    private static partial Regex Shape();
}
