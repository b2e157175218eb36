using System.Text;
using CineLedger.Model;
using CineLedger.Reports.Names;
using CsCheck;

namespace CineLedger.Tests.Reports;

/// <summary>Tests which texts are the same name.</summary>
public sealed class NameFoldingTests
{
    [Theory]
    [InlineData("Pathé", "PATHE")]
    [InlineData("Pathé", "pathe\u0301")]
    [InlineData("Téléfilm  Canada ", "telefilm canada.")]
    [InlineData("Babelsberg Straße", "BABELSBERG STRASSE")]
    [InlineData("Ærø Film", "aero film")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Việt Nam", "Viet Nam")]
    [InlineData("Ελληνικό Κέντρο", "ΕΛΛΗΝΙΚΟ ΚΕΝΤΡΟ")]
    [InlineData("Лёд", "лед")]
    [InlineData("Warner Bros.", "Warner\u00A0Bros")]
    public void Case_accents_spaces_and_final_dots_do_not_matter(string name, string other) => Assert.Equal(NameFolding.Fold(name), NameFolding.Fold(other));

    [Theory]
    [InlineData("Lions Gate", "Lionsgate")]
    [InlineData("MGM", "M.G.M")]
    [InlineData("Channel 4", "Channel 5")]
    [InlineData("東宝", "東映")]
    public void Other_differences_do(string name, string other) => Assert.NotEqual(NameFolding.Fold(name), NameFolding.Fold(other));

    [Fact]
    public void Folding_twice_changes_nothing() => Gen.String.Sample(text => Assert.Equal(NameFolding.Fold(text), NameFolding.Fold(NameFolding.Fold(text))));

    [Theory]
    [InlineData("Sci-Fi", "Science Fiction", true)]
    [InlineData("pixar", "Pixar Animation Studios", true)]
    [InlineData("animation st", "Pixar Animation Studios", true)]
    [InlineData("pixar studios", "Pixar Animation Studios", false)]
    [InlineData("ixar", "Pixar Animation Studios", false)]
    [InlineData("", "Pixar", false)]
    [InlineData("!", "Pixar", false)]
    public void Beginnings_of_words_that_follow_each_other_abbreviate_a_name(string text, string name, bool expected) =>
        Assert.Equal(expected, new NameForm(text).AbbreviatesWordsOf(new NameForm(name)));

    [Theory]
    [InlineData("MGM", "Metro-Goldwyn-Mayer (MGM)", true)]
    [InlineData("Metro Goldwyn Mayer", "Metro-Goldwyn-Mayer (MGM)", true)]
    [InlineData("Fox", "Foxton Entertainment", false)]
    public void A_name_is_part_of_another_as_whole_words(string part, string name, bool expected) => Assert.Equal(expected, new NameForm(part).IsPartOf(new NameForm(name)));

    [Theory]
    [InlineData("Pixr", "Pixar Animation Studios", true)]
    [InlineData("Dysney", "Walt Disney Pictures", true)]
    [InlineData("Wraner Bros", "Warner Bros.", true)]
    [InlineData("BBC", "NBC", true)]
    [InlineData("Toho", "Gaumont", false)]
    public void A_few_wrong_letters_are_near(string text, string name, bool expected) => Assert.Equal(expected, new NameForm(text).IsNear(new NameForm(name)));

    /// <summary>The table of letters, checked against the decomposition of a runtime with ICU when the tests run on one.</summary>
    [Fact]
    public void Plain_letters_are_letters_without_accents()
    {
        for (var letter = '\u00C0'; letter < '\u2000'; letter++)
        {
            var plain = NameFolding.RemoveAccents(letter.ToString());
            Assert.Equal(plain, NameFolding.RemoveAccents(plain));
            if (letter.ToString().Normalize(NormalizationForm.FormD) is { Length: > 1 } decomposed && decomposed[1..].All(mark => mark is >= '\u0300' and <= '\u036F'))
            {
                Assert.Equal(NameFolding.RemoveAccents(decomposed), plain);
            }
        }
    }
}
