using System.Globalization;
using CineLedger.Reports.Search;

namespace CineLedger.Tests.Reports;

public sealed class SearchPhraseTests
{
    [Theory]
    [InlineData("disney v. warner 2000-2016", "disney|warner 2000 2016")]
    [InlineData("Disney vs Warner Bros. vs. Fox", "Disney|Warner Bros.|Fox  ")]
    [InlineData("disney versus warner, 2000 – 2016", "disney|warner 2000 2016")]
    [InlineData("disney v warner (2016 to 2000)", "disney|warner 2000 2016")]
    [InlineData("disney v warner since 2000", "disney|warner 2000 ")]
    [InlineData("compare horror, comedy and drama until 1995", "horror|comedy|drama  1995")]
    [InlineData("compare Simon and Schuster vs Pixar", "Simon and Schuster|Pixar  ")]
    [InlineData("compare pixar with disney between 1995 and 2000", "pixar|disney 1995 2000")]
    [InlineData("pixar 1995", "pixar 1995 1995")]
    [InlineData("pixar in 1995 2000", "pixar 1995 2000")]
    [InlineData("V for Vendetta 2005", "V for Vendetta 2005 2005")]
    [InlineData("2001: A Space Odyssey 1968", "2001: A Space Odyssey 1968 1968")]
    [InlineData("pixar", null)]
    [InlineData("1984", null)]
    [InlineData("from 1984", "from 1984 1984")]
    [InlineData("simon and schuster", null)]
    [InlineData("pixar v.", null)]
    [InlineData("vs pixar", null)]
    [InlineData("room 12345", null)]
    public void A_phrase_has_names_and_years(string text, string? expected)
    {
        var phrase = SearchPhrase.Parse(text);
        Assert.Equal(expected, phrase is null ? null : string.Create(CultureInfo.InvariantCulture, $"{string.Join('|', phrase.Names)} {phrase.From} {phrase.To}"));
    }
}
