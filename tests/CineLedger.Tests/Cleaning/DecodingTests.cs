using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests text whose UTF-8 was read as Windows-1252 before.</summary>
public sealed class DecodingTests
{
    [Theory]
    [InlineData("CinÃ©ma", "Cinéma")]
    [InlineData("Lâ€™Atalante", "L’Atalante")]
    [InlineData("Ã‰toile Ã\u00a0 SÃ¨te", "Étoile à Sète")]
    [InlineData("CinÃƒÂ©ma", "Cinéma")]
    [InlineData("Ð¼Ð¸Ñ€", "мир")]
    [InlineData("ðŸ˜€ Films", "😀 Films")]
    public void Wrongly_decoded_text_is_recognized_and_reversed(string text, string original)
    {
        Assert.True(WronglyDecoded.Contains(text.AsSpan()));
        Assert.True(WronglyDecoded.Contains(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(original, WronglyDecoded.GetOriginals(text).First());
    }

    [Theory]
    [InlineData("Cinéma du Marché")]
    [InlineData("SÃO PAULO, «OLÉ», CAFÉ™ and POKÉ’S")]
    [InlineData("Été – l’été, PIÑ’A, JÄ”")]
    [InlineData("映画 мир ±°")]
    [InlineData("Ã")]
    [InlineData("")]
    public void Other_text_is_not_recognized_as_wrongly_decoded(string text)
    {
        Assert.False(WronglyDecoded.Contains(text.AsSpan()));
        Assert.False(WronglyDecoded.Contains(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Both forms of the test agree on any text.</summary>
    [Fact]
    public void Bytes_and_characters_give_the_same_answer() =>
        Gen.OneOf(Gen.Char['Â', 'ô'], Gen.Char['\u0080', '¿'], Gen.Char['a', 'c'], Gen.Const('€'), Gen.Const('’'), Gen.Const('œ')).Array[0, 12].Sample(
            letters => WronglyDecoded.Contains(letters) == WronglyDecoded.Contains(Encoding.UTF8.GetBytes(letters)), iter: 5_000);

    [Fact]
    public async Task A_name_that_the_file_also_has_correctly_is_repaired_wherever_it_is()
    {
        var cleaned = await CleanedFile.CreateAsync(
            Full(1, ("production_companies", "[{'name': 'CinÃ©ma du MarchÃ©', 'id': 7}, {'name': 'Ã‰toile', 'id': 8}]")),
            Full(2, ("production_companies", "[{'name': 'CinÃ©ma du MarchÃ©', 'id': 7}, {'name': 'Cinéma du Marché', 'id': 7}]")),
            Full(3, ("belongs_to_collection", "{'name': 'Ã‰toile'}")),
            Full(4, ("belongs_to_collection", "{'name': 'Étoile'}")));
        Assert.Equal(["Cinéma du Marché", "Ã‰toile"], cleaned.Movies[0].Companies.Select(company => company.Name));
        Assert.Equal(["Cinéma du Marché"], cleaned.Movies[1].Companies.Select(company => company.Name));
        Assert.Equal("Étoile", cleaned.Movies[2].Collection);
        Assert.Equal(
            [
                new(FindingKind.Flag, Rules.WronglyDecoded, "movies_metadata.csv", 2, null, "production_companies", "Ã‰toile"),
                new(FindingKind.Repair, Rules.RedecodedName, "movies_metadata.csv", 2, null, "production_companies", "CinÃ©ma du MarchÃ© → Cinéma du Marché", 2),
                new Finding(FindingKind.Repair, Rules.RedecodedName, "movies_metadata.csv", 4, null, "belongs_to_collection", "Ã‰toile → Étoile"),
            ],
            cleaned.Findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Kind == FindingKind.Repair));
    }

    [Fact]
    public async Task A_text_is_flagged_once_per_column_and_kept()
    {
        var cleaned = await CleanedFile.CreateAsync(
            Full(1, ("title", "L’Ã©tÃ©"), ("overview", $"{new string('a', 100)} câ€™est {new string('b', 100)}")), Full(2, ("title", "CinÃ©ma")), Full(3, ("title", "Cinéma")));
        Assert.Equal(["L’Ã©tÃ©", "CinÃ©ma", "Cinéma"], cleaned.Movies.Select(movie => movie.Title));
        Assert.Equal([("overview", 1L), ("title", 2L)], cleaned.Findings.Select(finding => (finding.Field!, finding.Occurrences)));
        Assert.Matches("^…a{28,30} câ€™est b{20,30}… \\(decoded wrongly\\)$", cleaned.Findings[0].Value);
        Assert.Equal("L’Ã©tÃ© (decoded wrongly)", cleaned.Findings[1].Value);
        Assert.All(cleaned.Findings, finding => Assert.Equal((FindingKind.Flag, Rules.WronglyDecoded), (finding.Kind, finding.Rule)));
    }
}
