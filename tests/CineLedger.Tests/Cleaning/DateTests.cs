using System.Globalization;
using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
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
    [InlineData("1995.10.30", Rules.SpreadsheetValue)]
    [InlineData("1995 10 30", Rules.SpreadsheetValue)]
    [InlineData("30 10 1995", Rules.SpreadsheetValue)]
    [InlineData("30/10/1995 (France)", Rules.SpreadsheetValue)]
    [InlineData("Oct 30, 1995", Rules.SpreadsheetValue)]
    [InlineData("October 30 1995", Rules.SpreadsheetValue)]
    [InlineData("october 30th, 1995", Rules.SpreadsheetValue)]
    [InlineData("30 October 1995", Rules.SpreadsheetValue)]
    [InlineData("30-OCT-1995", Rules.SpreadsheetValue)]
    [InlineData("30-Oct-95", Rules.SpreadsheetValue)]
    [InlineData("30 Oct '95", Rules.SpreadsheetValue)]
    [InlineData("30. Oct. 1995", Rules.SpreadsheetValue)]
    [InlineData("1995-Oct-30", Rules.SpreadsheetValue)]
    [InlineData("1995 October 30", Rules.SpreadsheetValue)]
    [InlineData("Monday, October 30, 1995", Rules.SpreadsheetValue)]
    [InlineData("October 30, 1995 (United States)", Rules.SpreadsheetValue)]
    [InlineData("1995-10-30 00:00:00", Rules.SpreadsheetValue)]
    [InlineData("1995-10-30T00:00:00Z", Rules.SpreadsheetValue)]
    [InlineData("10/30/1995 0:00", Rules.SpreadsheetValue)]
    public void An_unambiguous_date_is_read_in_every_notation(string text, string? rule)
    {
        Assert.Equal(new ParsedDate(new DateOnly(1995, 10, 30), null, rule), Parse(text));
    }

    [Theory]
    [InlineData("GATORADE")]
    [InlineData("1")]
    [InlineData("995")]
    [InlineData("1869")]
    [InlineData("2101")]
    [InlineData("40165")]
    [InlineData("19951030")]
    [InlineData("1995-13")]
    [InlineData("13/1995")]
    [InlineData("0/1995")]
    [InlineData("1995.5")]
    [InlineData("Dec-09")]
    [InlineData("18-Dec-09")]
    [InlineData("Dec 18, 29")]
    [InlineData("31 June 1995")]
    [InlineData("Octember 30, 1995")]
    [InlineData("October 1995 30")]
    [InlineData("Oct Nov 1995")]
    [InlineData("Mayor of 1995")]
    [InlineData("In October 1995 a girl came to town")]
    [InlineData("(1995)")]
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
        Assert.Equal(new ParsedDate(null, null, Rules.InvalidDate), Parse(text));
    }

    [Theory]
    [InlineData("10/30/30", 1930)]
    [InlineData("10/30/99", 1999)]
    public void Two_digit_years_from_30_on_belong_to_the_last_century(string text, int year)
    {
        Assert.Equal(year, Parse(text).Date?.Year);
    }

    [Theory]
    [InlineData("1995")]
    [InlineData("1995.0")]
    [InlineData("1995-10")]
    [InlineData("1995/10")]
    [InlineData("10/1995")]
    [InlineData("1-1995")]
    [InlineData("Oct 1995")]
    [InlineData("October, 1995")]
    [InlineData("1995-Oct")]
    [InlineData("Oct-95")]
    [InlineData("1995-10-00")]
    [InlineData("1995-00-00")]
    public void A_date_without_a_day_gives_its_year(string text) => Assert.Equal(new ParsedDate(null, 1995, Rules.PartialDate), Parse(text));

    [Theory]
    [InlineData("10/30/15", 2015, "2015-10-30")]
    [InlineData("30-Oct-09", 2009, "2009-10-30")]
    [InlineData("10/30/66", 1966, "1966-10-30")]
    [InlineData("10/30/31", 2031, "2031-10-30")]
    [InlineData("10/30/15", 1915, "1915-10-30")]
    [InlineData("10/30/15", 2016, null)]
    [InlineData("2066-10-30", 1966, "1966-10-30")]
    [InlineData("10/30/2066", 1966, "1966-10-30")]
    [InlineData("2000-02-29", 1900, null)]
    [InlineData("1995-10-30", 1996, "1995-10-30")]
    [InlineData("9/7/15", 2015, null)]
    public void A_column_of_years_decides_the_century_but_not_the_order(string text, int year, string? expected) =>
        Assert.Equal(expected, Parse(text, year).Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Any_date_with_a_month_name_is_read_in_every_order() =>
        Check.Sample(
            Gen.Select(Gen.Int[0, 84_000], Gen.Int[0, MonthNameFormats.Length - 1], Gen.Bool, Gen.Bool),
            (days, format, isUpper, hasPlace) =>
            {
                var date = new DateOnly(1870, 1, 1).AddDays(days);
                var text = date.ToString(MonthNameFormats[format], CultureInfo.InvariantCulture) + (hasPlace ? " (Canada)" : "");
                Assert.Equal(new ParsedDate(date, null, Rules.SpreadsheetValue), Parse(isUpper ? text.ToUpperInvariant() : text));
            });

    [Fact]
    public async Task Only_the_layout_with_inflation_adjusted_amounts_writes_ambiguous_short_dates_with_the_month_first()
    {
        Assert.Equal([new(2015, 6, 9), new DateOnly(1966, 9, 7)], await ReadAsync("release_year,budget_adj,revenue_adj", "6/9/15", "9/7/66"));
        Assert.Equal([null, null], await ReadAsync("release_year,budget_adj", "6/9/15", "9/7/66"));
        Assert.Equal([null, null], await ReadAsync("release_year,budget_adj,revenue_adj", "06/09/15", "6/9/2015"));
        Assert.Equal([new(2015, 9, 6), new DateOnly(1966, 7, 24)], await ReadAsync("release_year,budget_adj,revenue_adj", "6/9/15", "24/7/66"));

        static async Task<IEnumerable<DateOnly?>> ReadAsync(string columns, string first, string second)
        {
            var others = string.Concat(Enumerable.Repeat(",1", columns.Count(c => c == ',')));
            var file = await CleanedFile.CreateAsync(
                $"id,title,popularity,budget,revenue,genres,production_companies,release_date,{columns}\n1,A,1,1000,1000,,,{first},2015{others}\n2,B,1,1000,1000,,,{second},1966{others}\n");
            return file.Movies.Select(movie => movie.ReleaseDate);
        }
    }

    [Theory]
    [InlineData("", "1995", 1995)]
    [InlineData("", "1995.0", 1995)]
    [InlineData("NaT", "1995", 1995)]
    [InlineData("GATORADE", "1995", 1995)]
    [InlineData("1994", "1995", 1994)]
    [InlineData("1994-05-06", "1995", 1994)]
    [InlineData("", "", null)]
    [InlineData("", "0", null)]
    [InlineData("", "nan", null)]
    [InlineData("", "12", null)]
    public async Task A_column_of_years_gives_the_year_of_a_movie_without_a_date(string date, string column, int? year)
    {
        var movie = (await CleanedFile.CreateAsync(
            $"id,title,popularity,budget,revenue,genres,production_companies,release_date,release_year\n1,A,1,1000,1000,,,{date},{column}\n")).Movie;
        Assert.Equal(year, movie.ReleaseYear);
        Assert.Equal(date == "1994-05-06", movie.ReleaseDate is not null);
    }

    [Theory]
    [InlineData("2026-05-06", "Released", null)]
    [InlineData("2026-05-07", "Released", "2026-05-07")]
    [InlineData("2026-05-07", "", "2026-05-07")]
    [InlineData("2026-05-07", "Planned", null)]
    [InlineData("2026", "Released", null)]
    [InlineData("2027", "Released", "2027")]
    [InlineData("2046-12-31", "Released", "2046-12-31")]
    public async Task A_release_after_the_day_of_the_load_is_flagged_and_kept(string date, string status, string? flagged)
    {
        var text = MovieFile.Text(Full(1, ("release_date", date), ("status", status)));
        var cleaned = await CleanedFile.CreateFromBatchesAsync(text, 4096, today: new DateOnly(2026, 5, 6));
        Assert.Equal(date[..4], cleaned.Movie.ReleaseYear?.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(flagged, cleaned.Findings.SingleOrDefault(finding => finding.Rule == Rules.FutureDate)?.Value);
        Assert.Equal((await CleanedFile.CreateFromBatchesAsync(text, 4096, today: new DateOnly(2050, 1, 1))).Contents, cleaned.Contents);
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

    private static readonly string[] MonthNameFormats =
    [
        "MMM d, yyyy", "MMMM d, yyyy", "MMMM dd yyyy", "d MMM yyyy", "dd MMMM yyyy", "d-MMM-yyyy", "dd/MMM/yyyy", "d. MMMM yyyy", "yyyy-MMM-dd", "yyyy MMMM d", "dddd, MMMM d, yyyy",
        "MMM. d, yyyy", "MMM-dd-yyyy",
    ];

    private static ParsedDate Parse(string text, int? columnYear = null) => DateParser.Parse(Encoding.UTF8.GetBytes(text), new DateOrder(), columnYear);

    private static MovieRow Date(long id, string date) => Full(id, ("release_date", date));
}
