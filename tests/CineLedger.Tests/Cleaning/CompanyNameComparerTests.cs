using CineLedger.Model;

namespace CineLedger.Tests.Cleaning;

public sealed class CompanyNameComparerTests
{
    [Theory]
    [InlineData("Fox", "Fox")]
    [InlineData("Fox", "FOX")]
    [InlineData("Société Nouvelle", "SOCIÉTÉ NOUVELLE")]
    [InlineData("Lietuvos Žvaigždė", "lietuvos žvaigždė")]
    [InlineData("Twentieth Century", "Twentieth\u00a0Century")]
    [InlineData("Twentieth Century", " Twentieth \u2003\u3000 Century\t")]
    [InlineData("Constantin Film", "Constantin Film.")]
    [InlineData("Constantin Film", "Constantin Film. . ")]
    [InlineData("Columbia Pictures Corp.", "COLUMBIA  PICTURES CORP..")]
    public void Spellings_of_one_company_are_equal(string one, string other)
    {
        Assert.True(CompanyNameComparer.Instance.Equals(one, other));
        Assert.True(CompanyNameComparer.Instance.Equals(other, one));
        Assert.Equal(CompanyNameComparer.Instance.GetHashCode(one), CompanyNameComparer.Instance.GetHashCode(other));
        Assert.Equal(CompanyNameComparer.Normalize(one), CompanyNameComparer.Normalize(other));
    }

    [Theory]
    [InlineData("Fox", "Fo")]
    [InlineData("Fox", "Foxx")]
    [InlineData("Studio Canal", "StudioCanal")]
    [InlineData("Cinéma", "Cinema")]
    [InlineData("Davis-Films", "Davis Films")]
    [InlineData("M.G. Films", "MG Films")]
    [InlineData(".Mille et Une", "Mille et Une")]
    [InlineData("Inc", "Inc, ")]
    [InlineData("A ", "B")]
    [InlineData(".", "..")]
    [InlineData(".", "")]
    public void Other_differences_make_another_company(string one, string other)
    {
        Assert.False(CompanyNameComparer.Instance.Equals(one, other));
        Assert.False(CompanyNameComparer.Instance.Equals(other, one));
        Assert.NotEqual(CompanyNameComparer.Normalize(one), CompanyNameComparer.Normalize(other));
    }

    /// <summary>Equality and the common text are computed by different code, so they are compared for many names of the characters that matter.</summary>
    [Fact]
    public void Names_are_equal_if_and_only_if_their_common_texts_are()
    {
        var names = new List<string> { "" };
        for (var length = 0; length < 4; length++)
        {
            names.AddRange([.. names.SelectMany(name => "aA. \u00a0é".Select(letter => name + letter))]);
        }

        names = [.. names.Distinct().Take(1500)];
        foreach (var one in names)
        {
            var (common, hash) = (CompanyNameComparer.Normalize(one), CompanyNameComparer.Instance.GetHashCode(one));
            foreach (var other in names)
            {
                var isEqual = common == CompanyNameComparer.Normalize(other);
                Assert.True(isEqual == CompanyNameComparer.Instance.Equals(one, other), $"'{one}' and '{other}'");
                Assert.True(!isEqual || hash == CompanyNameComparer.Instance.GetHashCode(other), $"'{one}' and '{other}'");
            }
        }
    }

    [Fact]
    public void Long_names_are_compared_completely()
    {
        var name = string.Concat(Enumerable.Repeat("Long Name ", 100));
        Assert.True(CompanyNameComparer.Instance.Equals(name + "x", name.ToUpperInvariant() + "X."));
        Assert.Equal(CompanyNameComparer.Instance.GetHashCode(name + "x"), CompanyNameComparer.Instance.GetHashCode(name.ToUpperInvariant() + "X."));
        Assert.False(CompanyNameComparer.Instance.Equals(name + "x", name + "y"));
    }
}
