using System.Globalization;
using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class DateTests
{
    [Theory]
    [InlineData("1995-10-30", null)]
    [InlineData(" 1995-10-30 ", Rules.SpreadsheetValue)]
    [InlineData("10/30/95", Rules.SpreadsheetValue)]
    [InlineData("30/10/95", Rules.SpreadsheetValue)]
    [InlineData("30-10-1995", Rules.SpreadsheetValue)]
    [InlineData("30.10.1995", Rules.SpreadsheetValue)]
    [InlineData("1995/10/30", Rules.SpreadsheetValue)]
    [InlineData("1995-10-30 00:00:00", Rules.SpreadsheetValue)]
    [InlineData("1995-10-30T00:00:00Z", Rules.SpreadsheetValue)]
    [InlineData("10/30/1995 0:00", Rules.SpreadsheetValue)]
    public void An_unambiguous_date_is_read_in_every_notation(string text, string? rule)
    {
        Assert.Equal(rule, DateParser.Parse(Encoding.UTF8.GetBytes(text), new DateOrder(), out var date, out _));
        Assert.Equal(new DateOnly(1995, 10, 30), date);
    }

    [Theory]
    [InlineData("GATORADE")]
    [InlineData("1")]
    [InlineData("1995")]
    [InlineData("1995-13-01")]
    [InlineData("1995-02-29")]
    [InlineData("2/30/1995")]
    [InlineData("13/13/1995")]
    [InlineData("10/30-1995")]
    [InlineData("10/30/995")]
    [InlineData("1995-10-30 12:30")]
    [InlineData("10/30/00")]
    [InlineData("10/30/29")]
    [InlineData("9/7/1988")]
    public void An_invalid_or_ambiguous_date_is_rejected(string text)
    {
        Assert.Equal(Rules.InvalidDate, DateParser.Parse(Encoding.UTF8.GetBytes(text), new DateOrder(), out var date, out _));
        Assert.Null(date);
    }

    [Theory]
    [InlineData("10/30/30", 1930)]
    [InlineData("10/30/99", 1999)]
    public void Two_digit_years_from_30_on_belong_to_the_last_century(string text, int year)
    {
        DateParser.Parse(Encoding.UTF8.GetBytes(text), new DateOrder(), out var date, out _);
        Assert.Equal(year, date?.Year);
    }

    [Theory]
    [InlineData("9/7/1988", "1/13/1990", "1988-09-07")]
    [InlineData("9/7/1988", "13/1/1990", "1988-07-09")]
    [InlineData("9.7.1988", "13.1.1990", "1988-07-09")]
    [InlineData("7/7/1988", "1990-01-13", "1988-07-07")]
    [InlineData("9/7/1988", "13.1.1990", null)]
    [InlineData("9/7/1988", "1990-01-13", null)]
    public async Task The_file_as_a_whole_shows_which_number_is_the_day_for_each_separator(string undecided, string other, string? expected)
    {
        foreach (var rows in (MovieRow[][])[[Date(1, undecided), Date(2, other)], [Date(2, other), Date(1, undecided)]])
        {
            var cleaned = await CleanedFile.CreateAsync(rows);
            var date = cleaned.Movies.Single(movie => movie.Id == 1).ReleaseDate;
            Assert.Equal(expected, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.Equal(expected is null, cleaned.Findings.Any(finding => finding is { Rule: Rules.InvalidDate, MovieId: 1, Field: "release_date" }));
        }
    }

    [Fact]
    public async Task Contradictory_dates_leave_the_order_of_other_dates_undecided_but_are_kept()
    {
        var cleaned = await CleanedFile.CreateAsync(Date(1, "9/7/1988"), Date(2, "1/13/1990"), Date(3, "13/1/1990"));
        Assert.Equal([null, new(1990, 1, 13), new(1990, 1, 13)], cleaned.Movies.Select(movie => movie.ReleaseDate));
        Assert.Equal(
            [(Rules.InvalidDate, 2, "9/7/1988", 1L), (Rules.SpreadsheetValue, 3, "1/13/1990 (date in another format)", 2L)],
            cleaned.Findings.Select(finding => (finding.Rule, finding.Line, finding.Value!, finding.Occurrences)));
    }

    [Fact]
    public async Task A_late_unambiguous_date_determines_the_order_of_earlier_dates()
    {
        var rows = Enumerable.Range(1, 3_000).Select(id => Date(id, "2/1/1988")).Append(Date(9_999, "2/28/1988"));
        var cleaned = await CleanedFile.CreateAsync([.. rows]);
        Assert.All(cleaned.Movies.SkipLast(1), movie => Assert.Equal(new DateOnly(1988, 2, 1), movie.ReleaseDate));
        Assert.Equal((Rules.SpreadsheetValue, 2, 3_001), (cleaned.Finding.Rule, cleaned.Finding.Line, cleaned.Finding.Occurrences));
    }

    [Fact]
    public async Task The_date_of_a_broken_record_counts_as_evidence_too()
    {
        var broken = Full(2, ("overview", "one\ntwo"), ("release_date", "2/28/1988")).WriteBroken(Columns, "overview");
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{Date(1, "2/1/1988").Text}\n{broken}\n");
        Assert.Equal([new(1988, 2, 1), new DateOnly(1988, 2, 28)], cleaned.Movies.Select(movie => movie.ReleaseDate));
    }

    [Fact]
    public async Task A_movie_without_a_date_has_none_and_no_finding()
    {
        var cleaned = await CleanedFile.CreateAsync(Date(1, ""));
        Assert.Null(cleaned.Movie.ReleaseDate);
        Assert.Empty(cleaned.Findings);
    }

    private static MovieRow Date(long id, string date) => Full(id, ("release_date", date));
}
