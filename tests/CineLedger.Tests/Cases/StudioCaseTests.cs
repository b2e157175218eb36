using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Tests.Reports;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Names of one company, joined by a list of studios.</summary>
public sealed class StudioCaseTests : CaseTestBase
{
    private static readonly string[] Names =
        ["Twentieth Meridian Film Corporation", "20th Meridian", "20th Meridian Studios", "twentieth meridian film corporation ", "Twentieth Meridian\u00a0Film Corporation"];

    [Theory]
    [InlineData("Twentieth Meridian Film Corporation", "20th Meridian", "20th Meridian Studios")]
    [InlineData("TWENTIETH  MERIDIAN FILM CORPORATION.", "20TH MERIDIAN", "20th Meridian Studios ")]
    [InlineData("tmdb:9306", "tmdb:9325")]
    [InlineData("tmdb:9306", "20th Meridian Studios")]
    public async Task Names_of_one_company_are_one_studio_and_separate_as_named(params string[] companies)
    {
        await using var ledger = await OpenLedgerAsync();
        var file = new CaseFile { Place = Place.Middle };
        var rows = Names.Select((name, i) => Row(900_001 + i, ("production_companies", $"[{{'name': '{name}', 'id': {(name.StartsWith('2') ? 9325 : 9306)}}}]"))).ToArray();
        await LoadAsync(ledger, Write("movies.csv", file.ToBytes(rows)), Ungated with { Studios = [.. companies.Select(company => Line("20th Meridian", company))] });

        Assert.Equal(["20th Meridian|5"], await RowsAsync(ledger, "studio", "releases"));
        Assert.Equal(
            ["20th Meridian|1", "20th Meridian Studios|1", "Twentieth Meridian Film Corporation|3"],
            (await RowsAsync(ledger, QueryText.Read("studio", "releases").WithCompaniesAsStudios())).Where(row => row.Contains("Meridian", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_movie_of_two_companies_of_one_studio_counts_once_and_is_shared_among_studios()
    {
        await using var ledger = await OpenLedgerAsync();
        var companies = "[{'name': 'Harbor', 'id': 1}, {'name': 'Harbor Animation', 'id': 2}, {'name': 'Lantern', 'id': 3}]";
        await LoadAsync(
            ledger, Write("movies.csv", new CaseFile().ToBytes(Row(1, ("production_companies", companies), ("revenue", "1001")))),
            Ungated with { Studios = [Line("Harbor Group", "Harbor"), Line("Harbor Group", "Harbor Animation"), Line("Lantern Studios", "Lantern")] });

        Assert.Equal(["Harbor Group|1|1001", "Lantern Studios|1|1001"], await RowsAsync(ledger, "studio", "releases,revenue"));
        Assert.Equal(["Harbor Group|1|501", "Lantern Studios|1|500"], await RowsAsync(ledger, QueryText.Read("studio", "releases,revenue") with { Share = Share.Equal }));
    }

    [Fact]
    public async Task A_companys_movies_belong_to_the_owner_on_the_release_date()
    {
        await using var ledger = await OpenLedgerAsync();
        (string Date, string Owner)[] movies =
        [
            ("1999-12-31", "Harbor Group"), ("2000-01-01", "Harbor Group"), ("2006-05-04", "Harbor Group"), ("2006-05-05", "Lantern Studios"), ("2010-12-31", "Lantern Studios"), ("2011-01-01", "Tide"),
        ];
        await LoadAsync(
            ledger,
            Write("movies.csv", new CaseFile().ToBytes([.. movies.Select((movie, i) => Row(i + 1, ("production_companies", "[{'name': 'Salt', 'id': 1}]"), ("release_date", movie.Date)))])),
            Ungated with
            {
                Studios =
                [
                    Line("Harbor Group", "Salt") with { To = "2006-05-05" }, Line("Lantern Studios", "Salt") with { From = "2006-05-05", To = "2010" },
                    Line("Coast", "Salt") with { From = "2011" }, Line("Tide", "Coast") with { From = "2011-01-01" },
                ],
            });

        for (var i = 0; i < movies.Length; i++)
        {
            Assert.Equal((movies[i].Date, $"{movies[i].Owner}|1"), (movies[i].Date, Assert.Single(await RowsAsync(ledger, "studio", "releases", $"release_date={movies[i].Date}"))));
        }
    }

    private static StudioLine Line(string studio, string company) => new(studio, company, null, null, StudioLine.Unsourced);
}
