using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Amounts and other numbers as people and programs write them.</summary>
public sealed class AmountCaseTests : CaseTestBase
{
    [Theory]
    [InlineData("$ 1,500,000", 1_500_000)]
    [InlineData("$1,500,000", 1_500_000)]
    [InlineData(" $2,787,965,087.00 ", 2_787_965_087)]
    [InlineData("$936700000", 936_700_000)]
    [InlineData("1 500 000", 1_500_000)]
    [InlineData("1\u00A0500\u00A0000", 1_500_000)]
    [InlineData("1,500,000", 1_500_000)]
    [InlineData("$12.5M", 12_500_000)]
    [InlineData("$3M", 3_000_000)]
    [InlineData("373554033.0", 373_554_033)]
    public async Task Dollars_are_read(string text, long amount)
    {
        foreach (var place in new[] { Place.Alone, Place.End })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(900_001, ("revenue", text)), Row(900_002)));
            Assert.Equal(amount, result.Movies[900_001].Revenue);
            Assert.Empty(result.Rejects);
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData("INR 70000000", "INR")]
    [InlineData("€3,000,000", "€")]
    [InlineData("70,000,000 INR", "INR")]
    [InlineData("£2,500,000", "£")]
    [InlineData("¥500000000", "¥")]
    [InlineData("₹70000000", "₹")]
    [InlineData("EUR 3000000", "EUR")]
    [InlineData("A$5,000,000", "A$")]
    [InlineData("3.000.000 €", "€")]
    public async Task Another_currency_is_named_and_never_read_as_dollars(string text, string currency)
    {
        foreach (var place in new[] { Place.Alone, Place.Middle })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(900_001, ("budget", "$ 1,500,000")), Row(900_002, ("budget", text)), Row(900_003, ("title", "€ 5"))));
            Assert.Equal((1_500_000L, null, "€ 5"), (result.Movies[900_001].Budget, result.Movies[900_002].Budget, result.Movies[900_003].Title));
            Assert.Contains(currency, result.Find("budget", file.Line + 1).Value, StringComparison.Ordinal);
            Assert.Single(result.Rejects);
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData("333.13")]
    [InlineData("1,131.60")]
    [InlineData("2.78797E+09")]
    [InlineData("2.4E+07")]
    [InlineData("1e8")]
    [InlineData("(500)")]
    [InlineData("(1,500,000)")]
    [InlineData("12.5")]
    [InlineData("about 5000000")]
    [InlineData("1,50,000")]
    public async Task An_ambiguous_amount_is_unknown(string text)
    {
        foreach (var place in new[] { Place.Alone, Place.Head })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(900_001), Row(900_002, ("revenue", text)), Row(900_003, ("revenue", "936700000"))));
            Assert.Equal((null, 936_700_000L), (result.Movies[900_002].Revenue, result.Movies[900_003].Revenue));
            Assert.Contains(text, result.Find("revenue", file.Line + 1).Value, StringComparison.Ordinal);
            Assert.Single(result.Findings);
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData(Place.Alone, "revenue (Millions)", "333.13", 333_130_000)]
    [InlineData(Place.Middle, "Revenue (Millions)", "1,131.60", 1_131_600_000)]
    public async Task A_column_headed_in_millions_is_read_as_millions(Place place, string name, string text, long amount)
    {
        var file = new CaseFile
        {
            Place = place,
            Names = [.. MovieFile.Columns.Select(column => column == "revenue" ? name : column)],
            Restyle = row => row.With(("revenue", "0.5")),
        };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("revenue", text)), Row(900_002, ("revenue", ""))));
        Assert.Equal((amount, null), (result.Movies[900_001].Revenue, result.Movies[900_002].Revenue));
        Assert.True(place == Place.Alone || result.Movies[7].Revenue == 500_000);
        Assert.Empty(result.Rejects);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.End)]
    public async Task Points_between_thousands_are_read_where_the_column_has_no_others(Place place)
    {
        var file = new CaseFile { Place = place, Restyle = row => row.With(("budget", row["budget"].Insert(4, ".").Insert(1, "."))) };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("budget", "1.500.000")), Row(900_002, ("budget", "23.456.789"))));
        Assert.Equal((1_500_000L, 23_456_789L), (result.Movies[900_001].Budget, result.Movies[900_002].Budget));
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);
    }

    /// <summary>Implausible but readable values are kept.</summary>
    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    public async Task Vandalized_amounts_stay_and_tiny_ones_are_flagged(Place place)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(
            Row(900_001), Row(900_002, ("budget", "1"), ("revenue", "3000000000"), ("runtime", "12"), ("vote_count", "0")),
            Row(900_003, ("budget", "10000000000"), ("revenue", "0"))));
        Assert.Equal((1L, 3_000_000_000L, 12), (result.Movies[900_002].Budget, result.Movies[900_002].Revenue, result.Movies[900_002].Runtime));
        Assert.Equal((10_000_000_000L, null), (result.Movies[900_003].Budget, result.Movies[900_003].Revenue));
        Assert.Contains($"flag suspicious-amount {file.Line + 1} budget", result.Lines);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("2011", "1500000", "1000000", "2500000", "1500000|1.5|1")]
    [InlineData("2031", "250000", "4000000", "1000000", "-3000000|-0.75|1")]
    public async Task A_budget_of_zero_is_unknown_and_not_infinitely_profitable(string year, string lone, string budget, string revenue, string expected)
    {
        await using var ledger = await OpenLedgerAsync();
        (string, string) date = ("release_date", $"{year}-05-06");
        await LoadAsync(ledger, Write("movies.csv", new CaseFile { Place = Place.Head }.ToBytes(
            Row(900_001, date, ("budget", "0")), Row(900_002, date, ("budget", lone), ("revenue", "0")), Row(900_003, date, ("budget", budget), ("revenue", revenue)))));
        Assert.Equal([$"{year}|{expected}"], await RowsAsync(ledger, "year", "matched_profit,roi,profit_known", $"year={year}"));
    }

    [Theory]
    [InlineData(Place.Alone, "900001.0", "1,204", 1204)]
    [InlineData(Place.Middle, "900001.00", "12,345", 12_345)]
    [InlineData(Place.End, "900001", "7.0", 7)]
    public async Task Ids_and_counts_may_look_like_decimals_or_have_commas(Place place, string id, string votes, int count)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("id", id)), Row(900_002, ("vote_count", votes))));
        Assert.Equal((2 + file.Generated, count), (result.Movies.Count, result.Movies[900_002].VoteCount));
        Assert.True(result.Movies.ContainsKey(900_001));
        Assert.All(result.Findings, finding => Assert.Equal((FindingKind.Repair, Rules.SpreadsheetValue), (finding.Kind, finding.Rule)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("no", "yes")]
    [InlineData("No", "YES")]
    [InlineData("FALSE", "TRUE")]
    public async Task Booleans_may_be_numbers_or_words(string no, string yes)
    {
        var file = new CaseFile { Place = Place.Middle, Restyle = row => row.With(("adult", no), ("video", no)) };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("adult", no), ("video", yes)), Row(900_002, ("adult", yes), ("video", no))));
        Assert.Equal((false, true, true, false), (result.Movies[900_001].Adult, result.Movies[900_001].Video, result.Movies[900_002].Adult, result.Movies[900_002].Video));
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);
    }

    /// <summary>Three ambiguous fields are not evidence that the values of a record belong to other columns.</summary>
    [Theory]
    [InlineData(Place.Alone, "INR 70000000", "€3,000,000", "9/7/15")]
    [InlineData(Place.End, "¥ 500000000", "£2,500,000", "18-Dec-09")]
    public async Task A_movie_with_several_unclear_fields_stays(Place place, string budget, string revenue, string date)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("budget", budget), ("revenue", revenue), ("release_date", date)), Row(900_002)));
        Assert.Equal((2 + file.Generated, "Harbour 900001"), (result.Movies.Count, result.Movies[900_001].Title));
        Assert.Equal(["budget", "release_date", "revenue"], result.Rejects.Select(finding => finding.Field).Order(StringComparer.Ordinal));
        result.AssertGenerated(file);
    }
}
