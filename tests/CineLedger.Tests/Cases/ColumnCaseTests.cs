using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Headers: delimiters, names, and columns that are missing, empty or not the ledger's.</summary>
public sealed class ColumnCaseTests : CaseTestBase
{
    private static readonly string[] Subset = ["budget", "id", "original_language", "popularity", "release_date", "revenue", "runtime", "status", "title", "vote_average", "vote_count"];

    private static readonly string[] Udacity =
    [
        "id", "imdb_id", "popularity", "budget", "revenue", "original_title", "cast", "homepage", "director", "tagline", "keywords", "overview", "runtime", "genres", "production_companies",
        "release_date", "vote_count", "vote_average", "release_year", "budget_adj", "revenue_adj",
    ];

    [Theory]
    [InlineData(';', Place.Alone)]
    [InlineData(';', Place.Middle)]
    [InlineData('\t', Place.Alone)]
    [InlineData('\t', Place.End)]
    [InlineData('|', Place.Alone)]
    [InlineData('|', Place.Head)]
    public async Task Other_delimiters_are_read_and_reported_once(char delimiter, Place place)
    {
        var file = new CaseFile { Place = place, Delimiter = delimiter, LineEnd = "\r\n" };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("title", "One, two; three|four"), ("overview", "a\tb\n\"c\"; d")), Row(900_002)));
        Assert.Equal((2 + file.Generated, "One, two; three|four", "a\tb\n\"c\"; d"), (result.Movies.Count, result.Movies[900_001].Title, result.Movies[900_001].Overview));
        Assert.All(result.Findings, finding => Assert.Equal((FindingKind.Repair, 1), (finding.Kind, finding.Line)));
        Assert.Equal(2, result.Findings.Count);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("Salt|Road|Sea")]
    [InlineData("Salt;Road;Sea")]
    [InlineData("Salt\tRoad\tSea")]
    public async Task Text_with_other_delimiters_changes_nothing_in_a_file_of_commas(string text)
    {
        var file = new CaseFile { Place = Place.Head, Restyle = row => row.With(("tagline", text), ("overview", text)) };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("title", text))));
        Assert.Equal((241, text, 0), (result.Movies.Count, result.Movies[900_001].Title, result.Findings.Count));
    }

    [Theory]
    [InlineData(Place.Alone, ';')]
    [InlineData(Place.Middle, '\t')]
    public async Task Decimal_commas_are_read_in_their_column(Place place, char delimiter)
    {
        var file = new CaseFile { Place = place, Delimiter = delimiter, Restyle = UseDecimalCommas };
        MovieRow[] rows = [Row(900_001, ("popularity", "21.946943"), ("vote_average", "7.7")), Row(900_002, ("popularity", "1204.5"))];
        var result = await LoadAsync(file.ToBytes([.. rows.Select(UseDecimalCommas)]));
        Assert.Equal((21.946943m, 7.7m, 1204.5m), (result.Movies[900_001].Popularity, result.Movies[900_001].VoteAverage, result.Movies[900_002].Popularity));
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);

        static MovieRow UseDecimalCommas(MovieRow row) => row.With(
            [.. new[] { "popularity", "vote_average", "runtime" }.Select(column => (column, row[column].Replace('.', ',')))]);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.End)]
    public async Task A_subset_of_columns_is_loaded_and_the_missing_ones_are_named(Place place)
    {
        var file = new CaseFile { Place = place, Columns = Subset };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("budget", "1500000")), Row(900_002)));
        Assert.Equal((2 + file.Generated, 1_500_000L), (result.Movies.Count, result.Movies[900_001].Budget));
        Assert.Equal((0, 0), (result.Movies[900_001].Genres.Count, result.Movies[900_001].Companies.Count));
        Assert.All(
            new[] { "genres", "production_companies" },
            name => Assert.Contains(result.Findings, finding => finding.Field == name || finding.Value?.Contains(name, StringComparison.Ordinal) == true));
        Assert.Empty(result.Rejects);
    }

    [Theory]
    [InlineData("title", "id", "title", "budget")]
    [InlineData("original_title", "id", "original_title", "revenue")]
    [InlineData("title", "TITLE", "Release_Date", " Id ")]
    public async Task An_id_and_a_title_are_enough(string title, params string[] names)
    {
        var file = new CaseFile { Place = Place.Middle, Columns = [.. names.Select(name => name.Trim().ToLowerInvariant())], Names = names };
        var result = await LoadAsync(file.ToBytes(Row(900_001, (title, "Winter"))));
        Assert.Equal((241, "Winter"), (result.Movies.Count, result.Movies[900_001].Title ?? result.Movies[900_001].OriginalTitle));
        Assert.Empty(result.Rejects);
    }

    [Theory]
    [InlineData("id", "title,budget,revenue,release_date")]
    [InlineData("title", "id,budget,revenue,release_date,genres")]
    public async Task Without_an_id_or_a_title_the_error_names_the_column(string missing, string columns)
    {
        var file = new CaseFile { Place = Place.Middle, Columns = columns.Split(',') };
        Assert.Contains(missing, (await RefuseAsync("movies.csv", file.ToBytes(Row(900_001)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_keeps_what_the_ledger_has_and_a_full_load_is_stopped()
    {
        var (full, subset) = (new CaseFile { Place = Place.Middle }, new CaseFile { Place = Place.Middle, Columns = Subset });
        await using var ledger = await OpenLedgerAsync();
        await LoadAsync(ledger, Write("movies.csv", full.ToBytes(Row(900_001), Row(900_002))));
        var path = Write("subset.csv", subset.ToBytes(Row(900_001, ("budget", "77000000")), Row(900_002)));
        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(ledger, path, new LoadOptions()));
        Assert.Contains("genres", error.Message, StringComparison.Ordinal);
        var result = await LoadAsync(ledger, path, new LoadOptions { IsMerge = true });
        Assert.Equal(77_000_000L, result.Movies[900_001].Budget);
        Assert.Equal(["Comedy", "North Quay Films", "Pier 2 Pictures"], [.. result.Genres(900_002), .. result.Companies(900_002)]);
        Assert.Equal("A short story about harbour 900001.", result.Movies[900_001].Overview);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unnamed: 0")]
    public async Task A_column_of_row_numbers_is_ignored(string name)
    {
        foreach (var place in new[] { Place.Alone, Place.End })
        {
            var file = new CaseFile { Place = place, Columns = ["index", .. MovieFile.Columns], Names = [name, .. MovieFile.Columns] };
            file = file with { Restyle = row => Row(long.Parse(row["id"], null), ("index", row["id"])) };
            var result = await LoadAsync(file.ToBytes(Row(900_001, ("index", "0")), Row(900_002, ("index", "1"))));
            Assert.Equal((2 + file.Generated, 0), (result.Movies.Count, result.Findings.Count));
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData(3, ",")]
    [InlineData(1, ";")]
    [InlineData(10_000, ",")]
    public async Task Empty_columns_at_the_end_are_not_reported(int count, string delimiter)
    {
        var file = new CaseFile { Delimiter = delimiter[0] };
        var text = file.ToText(file.Write(Row(900_001)), file.Write(Row(900_002))).Replace("\n", new string(delimiter[0], count) + "\n", StringComparison.Ordinal);
        var result = await LoadAsync(file.Encode(text));
        Assert.Equal(2, result.Movies.Count);
        Assert.DoesNotContain(result.Findings, finding => finding.Rule is Rules.UnknownColumn or Rules.WrongColumnCount);
    }

    [Theory]
    [InlineData(Place.Alone, "Movies of the archive")]
    [InlineData(Place.Middle, "Exported 2020-01-01,,,")]
    public async Task A_title_line_above_the_header_is_skipped(Place place, string line)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.Encode($"{line}\n{file.ToText(file.Write(Row(900_001)), file.Write(Row(900_002, ("budget", "GATORADE"))))}"));
        Assert.Equal(2 + file.Generated, result.Movies.Count);
        Assert.Equal(900_002, result.Find("budget", file.Line + 2).MovieId);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    [InlineData(Place.End)]
    public async Task Names_separated_by_pipes_and_a_release_year_are_read(Place place)
    {
        var file = new CaseFile { Place = place, Columns = Udacity, Restyle = row => Restyle(row, "6/23/2001", "2001") };
        var result = await LoadAsync(file.ToBytes(
            Restyle(Row(900_001, ("genres", "Action|Science Fiction"), ("production_companies", "North Quay Films|South Pier Pictures")), "6/9/15", "2015"),
            Restyle(Row(900_002, ("genres", "Drama"), ("production_companies", "North Quay Films")), "9/7/66", "1966")));
        Assert.Equal(2 + file.Generated, result.Movies.Count);
        Assert.Equal((new DateOnly(2015, 6, 9), new DateOnly(1966, 9, 7)), (result.Movies[900_001].ReleaseDate, result.Movies[900_002].ReleaseDate));
        Assert.Equal(["Action", "Science Fiction", "North Quay Films", "South Pier Pictures"], [.. result.Genres(900_001), .. result.Companies(900_001)]);
        Assert.Contains("Harbour 900001", new[] { result.Movies[900_001].Title, result.Movies[900_001].OriginalTitle });
        var unknown = result.Findings.Where(finding => finding.Rule == Rules.UnknownColumn).Select(finding => finding.Field).ToHashSet();
        Assert.Superset(new HashSet<string?> { "budget_adj", "revenue_adj" }, unknown);
        Assert.Empty(result.Rejects);

        static MovieRow Restyle(MovieRow row, string date, string year) => Row(
            long.Parse(row["id"], null), ("genres", row["genres"].StartsWith('[') ? "Comedy|Drama" : row["genres"]), ("release_date", date), ("release_year", year),
            ("production_companies", row["production_companies"].StartsWith('[') ? "Grey Gull|Salt Road" : row["production_companies"]),
            ("cast", "Ann Bell|Carl Dee"), ("director", "Eve Fox"), ("keywords", "sea|light"), ("budget_adj", "1379999.39"), ("revenue_adj", "3863998.31"));
    }
}
