using CineLedger.Model;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Names that an earlier program decoded wrongly: UTF-8 read as Windows-1252.</summary>
public sealed class WronglyDecodedCaseTests : CaseTestBase
{
    [Theory]
    [InlineData(Place.Alone, "Cinéma du Marché", "CinÃ©ma du MarchÃ©")]
    [InlineData(Place.Head, "Österreichische Lichtspiele", "Ã–sterreichische Lichtspiele")]
    [InlineData(Place.End, "L’Étoile", "Lâ€™Ã‰toile")]
    public async Task A_name_that_the_file_also_has_undamaged_is_the_same_company(Place place, string name, string damaged)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, Company(damaged)), Row(900_002, Company(name)), Row(900_003, Company(damaged))));
        Assert.All([900_001, 900_002, 900_003], id => Assert.Equal([name], result.Companies(id)));
        Assert.All(result.Findings, finding => Assert.Equal((FindingKind.Repair, "production_companies"), (finding.Kind, finding.Field)));
        Assert.NotEmpty(result.Findings);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone, "CinÃ©ma du MarchÃ©")]
    [InlineData(Place.Middle, "Lâ€™Ã‰toile")]
    public async Task A_name_that_is_only_damaged_is_kept_and_flagged(Place place, string damaged)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, Company(damaged)), Row(900_002)));
        Assert.Equal([damaged], result.Companies(900_001));
        Assert.Equal(FindingKind.Flag, result.Find("production_companies", file.Line).Kind);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("SÃO PAULO FILMES")]
    [InlineData("Cinéma du Marché")]
    [InlineData("Ângela & Filhos")]
    [InlineData("Ã")]
    public async Task A_name_with_special_letters_causes_no_finding(string name)
    {
        var result = await LoadAsync(new CaseFile { Place = Place.Middle }.ToBytes(Row(900_001, Company(name))));
        Assert.Equal([name], result.Companies(900_001));
        Assert.Empty(result.Findings);
    }

    private static (string, string) Company(string name) => ("production_companies", $"[{{'name': '{name}', 'id': 9102}}]");
}
