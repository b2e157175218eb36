using CineLedger.Reports.Names;
using CsCheck;

namespace CineLedger.Tests.Reports;

public sealed class LongerNameTests
{
    private static readonly string[] Parts = ["mgm", "MGM", "M.G.M.", "Metro", "MÉTRO", "Metro-", "Lions", "Gate", "gate's", "’", " ", "-", "(", "日本", "ø", "Æ", "œ", "2"];
    private static readonly Gen<string> Names = Gen.Int[0, Parts.Length - 1].Array[1, 5].Select(parts => string.Concat(parts.Select(part => Parts[part])));

    [Theory]
    [InlineData("MGM", "Metro-Goldwyn-Mayer (MGM)", "M.G.M. Television", "Mgm")]
    [InlineData("Lions Gate", "Lionsgate", "The Lions Gate Company", "Lion's Gate")]
    [InlineData("Émile", "EMILE Films", "emile")]
    public void A_longer_name_has_the_same_letters_or_all_words(string name, params string[] longer)
    {
        IReadOnlyList<KnownName> names = [.. longer.Append(name).Append("Other").Select(other => new KnownName(other, [], 0))];
        Assert.Equal(longer, NameMatches.FindLonger(names[^2], names).Select(other => other.Name));
    }

    [Fact]
    public void No_longer_name_is_passed_over() => Gen.Select(Names, Names).Sample((name, other) =>
    {
        var (known, candidate) = (new KnownName(name, [], 0), new KnownName(other, [], 0));
        var isLonger = name != other && (known.Form.HasSameLetters(candidate.Form) || known.Form.IsPartOf(candidate.Form));
        Assert.Equal(isLonger, NameMatches.FindLonger(known, [candidate]).Count == 1);
    });
}
