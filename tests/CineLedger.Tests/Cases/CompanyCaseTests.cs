using CineLedger.Model;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Spellings of one company, and companies under one TMDB ID.</summary>
public sealed class CompanyCaseTests : CaseTestBase
{
    [Theory]
    [InlineData(Place.Alone, "twentieth meridian film corporation ", @"Twentieth Meridian\xa0Film Corporation")]
    [InlineData(Place.Head, "TWENTIETH MERIDIAN FILM CORPORATION.", @"Twentieth  Meridian\u2003Film Corporation")]
    [InlineData(Place.Middle, "Twentieth\tMeridian Film Corporation", "Twentieth Meridian Film Corporation .")]
    [InlineData(Place.End, "twentieth Meridian Film corporation", " Twentieth Meridian Film Corporation..")]
    public async Task Letter_case_spaces_and_dots_do_not_make_another_company(Place place, string other, string third)
    {
        const string Name = "Twentieth Meridian Film Corporation";
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(
            Row(900_001, Company(Name, 9306)), Row(900_002, Company("20th Meridian", 9325)), Row(900_003, Company("20th Meridian Studios", 9325)),
            Row(900_004, Company(other, 9306)), Row(900_005, Company(third, 9306))));
        Assert.All([900_001, 900_004, 900_005], id => Assert.Equal([Name], result.Companies(id)));
        Assert.Equal(["20th Meridian", "20th Meridian Studios"], [.. result.Companies(900_002), .. result.Companies(900_003)]);
        Assert.Equal(
            [
                $"flag shared-company-id {file.Line + 2} production_companies", $"repair alias {file.Line + 3} production_companies",
                $"repair alias {file.Line + 4} production_companies",
            ],
            result.Lines);
        Assert.Equal("20th Meridian Studios (ID 9325 of 20th Meridian)", result.Findings[0].Value);
        Assert.All(result.Findings.Skip(1), finding => Assert.EndsWith($" → {Name}", finding.Value, StringComparison.Ordinal));
        Assert.Equal([(Rules.Alias, 2), (Rules.SharedCompanyId, 1)], result.Summary.Findings.Select(count => (count.Rule, count.Count)));
        result.AssertGenerated(file);
    }

    /// <summary>The most frequent spelling becomes the name, wherever it is in the file; in the file of the case all have one movie.</summary>
    [Theory]
    [InlineData(Place.Head)]
    [InlineData(Place.End)]
    public async Task The_most_frequent_spelling_is_the_name(Place place)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(
            Row(900_001, Company("grey gull", 9306)), Row(900_002, Company("Grey Gull.", 9306)), Row(900_003, Company("Grey Gull.", 9306)),
            Row(900_004, Company("NORTH QUAY FILMS", 9101))));
        Assert.All([900_001, 900_002, 900_003], id => Assert.Equal(["Grey Gull."], result.Companies(id)));
        Assert.Equal(["North Quay Films"], result.Companies(900_004));
    }

    [Fact]
    public async Task Names_in_commas_join_too()
    {
        var file = new CaseFile { Place = Place.Middle, Restyle = row => row.With(("production_companies", "Salt Road, Pier Pictures")) };
        var text = file.ToText(file.Write(Row(900_001, ("production_companies", "SALT ROAD, Low Tide, Salt  Road, Pier pictures."))));
        var result = await LoadAsync(Write("movies.csv", text));
        Assert.Equal(["Salt Road", "Low Tide", "Pier Pictures"], result.Companies(900_001));
        Assert.Equal(
            ["Pier pictures. → Pier Pictures", "SALT ROAD → Salt Road", "Salt  Road → Salt Road"],
            result.Findings.Where(finding => finding.Rule == Rules.Alias).Select(finding => finding.Value!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_that_differ_in_other_ways_stay_apart()
    {
        string[] names = ["Salt Road", "Saltroad", "Salt-Road", "Sált Road", "Salt Road, Inc.", "Salt Roads", "“Salt Road”"];
        var result = await LoadAsync(new CaseFile().ToBytes([.. names.Select((name, at) => Row(900_001 + at, Company(name, 9400 + at)))]));
        Assert.Equal(names, Enumerable.Range(900_001, names.Length).SelectMany(id => result.Companies(id)));
        Assert.Empty(result.Findings);
    }

    private static (string, string) Company(string name, int id) => ("production_companies", $"[{{'name': '{name}', 'id': {id}}}]");
}
