using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Dates in other notations, and dates without a day.</summary>
public sealed class DateCaseTests : CaseTestBase
{
    [Theory]
    [InlineData(Place.Alone, "6/23/66", "1966-06-23", "1/30/46", "1946-01-30", "11/9/15")]
    [InlineData(Place.Head, "23.6.66", "1966-06-23", "30.1.46", "1946-01-30", "9.11.15")]
    [InlineData(Place.Middle, "12-31-99", "1999-12-31", "2-28-30", "1930-02-28", "2-1-29")]
    public async Task A_two_digit_year_is_unknown_below_30(Place place, string first, string firstDate, string second, string secondDate, string unclear)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("release_date", first)), Row(900_002, ("release_date", unclear)), Row(900_003, ("release_date", second))));
        Assert.Equal([firstDate, "", secondDate], Dates(result, 3));
        Assert.Equal($"{Rules.InvalidDate} {unclear}", Describe(result.Find("release_date", file.Line + 1)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone, "10/12/2009", "23/03/2016")]
    [InlineData(Place.Middle, "10.12.2009", "23.03.2016")]
    [InlineData(Place.End, "10-12-2009", "23-3-2016")]
    [InlineData(Place.Head, "2009/12/10", "2016/3/23")]
    [InlineData(Place.Alone, "2009.12.10", "2016.03.23")]
    public async Task One_unambiguous_date_determines_the_order_of_the_others(Place place, string first, string second)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("release_date", first)), Row(900_002, ("release_date", second))));
        Assert.Equal(["2009-12-10", "2016-03-23"], Dates(result, 2));
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);
    }

    [Fact]
    public async Task Dates_in_an_undetermined_or_contradictory_order_are_unknown()
    {
        var result = await LoadAsync(new CaseFile().ToBytes(Row(900_001, ("release_date", "10/12/2009")), Row(900_002, ("release_date", "1/2/2003"))));
        Assert.Equal(["", ""], Dates(result, 2));
        Assert.Equal([2, 3], result.Rejects.Select(finding => finding.Line));
        string[] texts = ["13/05/2001", "10/12/2009", "05/13/2001"];
        result = await LoadAsync(new CaseFile().ToBytes([.. texts.Select((text, i) => Row(900_001 + i, ("release_date", text)))]));
        Assert.Equal(["2001-05-13", "", "2001-05-13"], Dates(result, 3));
        Assert.Equal(Rules.InvalidDate, Assert.Single(result.Rejects).Rule);
    }

    [Theory]
    [InlineData("Dec 18, 2009", "2009-12-18")]
    [InlineData("18-Dec-2009", "2009-12-18")]
    [InlineData("June 13, 1980 (United States)", "1980-06-13")]
    [InlineData("18 December 2009", "2009-12-18")]
    [InlineData("2 March 1955 (Korea, South)", "1955-03-02")]
    [InlineData("Sept 3, 1999", "1999-09-03")]
    [InlineData("31-may-1931", "1931-05-31")]
    [InlineData("December 18 2009", "2009-12-18")]
    public async Task English_names_of_months_are_read(string text, string date)
    {
        foreach (var place in new[] { Place.Alone, Place.End })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(900_001), Row(900_002, ("release_date", text), ("title", "May 6"))));
            Assert.Equal((date, "May 6"), (Dates(result, 2)[1], result.Movies[900_002].Title));
            Assert.Empty(result.Rejects);
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData("18-Dec-09")]
    [InlineData("June 13, 12 (United States)")]
    [InlineData("Septober 3, 1999")]
    [InlineData("February 30, 1999")]
    [InlineData("summer 1999")]
    [InlineData("18-Dec-2009 and 2010")]
    public async Task An_ambiguous_date_is_unknown(string text)
    {
        var file = new CaseFile { Place = Place.Middle };
        var result = await LoadAsync(file.ToBytes(Row(900_001), Row(900_002, ("release_date", text))));
        Assert.Equal("", Dates(result, 2)[1]);
        Assert.Equal($"{Rules.InvalidDate} {text}", Describe(result.Find("release_date", file.Line + 1)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("6/23/15", "2015", "2015-06-23")]
    [InlineData("6/23/66", "1966", "1966-06-23")]
    [InlineData("18-Dec-09", "1909", "1909-12-18")]
    [InlineData("18-Dec-09", "2009", "2009-12-18")]
    [InlineData("6/23/29", "1929.0", "1929-06-23")]
    public async Task A_column_of_years_decides_the_century(string text, string year, string date)
    {
        var file = new CaseFile { Place = Place.Head, Columns = [.. MovieFile.Columns, "release_year"] };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("release_date", text), ("release_year", year))));
        Assert.Equal(date, Dates(result, 1)[0]);
        Assert.DoesNotContain(result.Rejects, finding => finding.Field == "release_date");
    }

    /// <summary>If a date and a year contradict each other, nothing shows which of them is wrong.</summary>
    [Fact]
    public async Task A_year_that_contradicts_its_date_is_a_finding()
    {
        var file = new CaseFile { Columns = [.. MovieFile.Columns, "release_year"] };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("release_date", "6/23/15"), ("release_year", "1987"))));
        Assert.Equal("", Dates(result, 1)[0]);
        Assert.Contains(result.Findings, finding => finding.Line == 2);
    }

    [Theory]
    [InlineData("1995", 1995)]
    [InlineData("1995-06", 1995)]
    [InlineData("2003-11", 2003)]
    public async Task A_year_or_a_month_counts_for_yearly_reports(string text, int year)
    {
        foreach (var place in new[] { Place.Alone, Place.Middle })
        {
            var file = new CaseFile { Place = place };
            await using var ledger = await OpenLedgerAsync();
            var result = await LoadAsync(ledger, Write("movies.csv", file.ToBytes(Row(900_001, ("release_date", text)))));
            Assert.Empty(result.Rejects);
            Assert.Null(result.Movies[900_001].ReleaseDate);
            var stored = await ledger.Connection.QueryAsync(
                "SELECT release_year, release_month, release_date FROM movie WHERE movie_id = 900001",
                row => (row.GetInt32(0), row.IsDBNull(1), row.IsDBNull(2)), Cancel);
            Assert.Equal([(year, true, true)], stored);
            Assert.Equal([$"{year}|1"], await RowsAsync(ledger, "year", "releases", $"year={year}", "budget>0", "genre=Drama", "company=Pier 1 Pictures"));
        }
    }

    [Theory]
    [InlineData(Place.Alone, "2046-12-31", "Planned")]
    [InlineData(Place.Middle, "2051-01-01", "Rumored")]
    public async Task Releases_in_the_future_are_flagged_and_planned_movies_are_not_releases(Place place, string future, string status)
    {
        var file = new CaseFile { Place = place };
        await using var ledger = await OpenLedgerAsync();
        var result = await LoadAsync(ledger, Write("movies.csv", file.ToBytes(
            Row(900_001), Row(900_002, ("release_date", future)), Row(900_003, ("release_date", "2031-06-01"), ("status", status), ("revenue", "0")))));
        Assert.Equal([$"flag future-date {file.Line + 1} release_date"], result.Lines);
        Assert.Equal(["1971-08-09", future, "2031-06-01"], Dates(result, 3));
        Assert.Empty(await RowsAsync(ledger, "year", "releases", "year=2031"));
        Assert.Equal(["2031|1"], await RowsAsync(ledger, "year", "releases", "year=2031", $"status={status}"));
        Assert.Single(await RowsAsync(ledger, "year", "releases", "year=1971"));
    }

    [Fact]
    public async Task A_future_date_of_an_unreleased_movie_causes_no_finding()
    {
        var result = await LoadAsync(new CaseFile { Place = Place.End }.ToBytes(
            Row(900_001, ("release_date", "2046-12-31"), ("status", "In Production")), Row(900_002, ("release_date", "2046-12-31"), ("status", "Post Production"))));
        Assert.Empty(result.Findings);
    }

    private static string[] Dates(CaseResult result, int count) => [.. Enumerable.Range(900_001, count).Select(id => $"{result.Movies[id].ReleaseDate:yyyy-MM-dd}")];

    private static string Describe(Finding finding) => $"{finding.Rule} {finding.Value}";
}
