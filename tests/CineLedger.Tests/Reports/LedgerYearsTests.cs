using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Tests which months and years of a ledger are complete, and which years are shown by default.</summary>
public sealed class LedgerYearsTests
{
    [Fact]
    public void Releases_that_thin_out_in_July_leave_the_year_incomplete()
    {
        // The numbers of The Movies Dataset from January 2016 to December 2020.
        var years = Create(
            (2016, [144, 133, 143, 163, 115, 115, 107, 115, 170, 171, 129, 99]), (2017, [89, 72, 93, 77, 68, 66, 33, 18, 4, 4, 4, 4]), (2018, [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 1]),
            (2020, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
        Assert.Equal(new ReleaseMonth(2017, 6), years.CompleteTo);
        Assert.Equal((2017, "to Jun 2017"), (years.FirstIncomplete, years.IncompleteLabel));
        Assert.Equal([2016, 2017, 2018, 2019, 2020], years.Years.Select(year => year.Year));
        Assert.True(years.IsComplete(2016));
        Assert.False(years.IsComplete(2020));
    }

    [Fact]
    public void A_year_that_ends_as_full_as_it_began_is_complete_and_only_announced_movies_follow()
    {
        var years = Create((2015, Even(30)), (2016, Even(40)), (2017, [2]));
        Assert.Equal((2017, "to Dec 2016"), (years.FirstIncomplete, years.IncompleteLabel));
        Assert.Null(Create((2015, Even(30)), (2016, Even(40))).FirstIncomplete);
    }

    [Fact]
    public void A_month_with_half_of_the_average_is_complete_and_one_with_less_is_not()
    {
        Assert.Equal(new ReleaseMonth(2017, 1), Create((2016, Even(40)), (2017, [20])).CompleteTo);
        Assert.Equal(new ReleaseMonth(2016, 12), Create((2016, Even(40)), (2017, [19])).CompleteTo);
    }

    [Fact]
    public void A_slow_decline_and_a_gap_in_the_middle_do_not_end_the_data()
    {
        Assert.Null(Create((2010, Even(100)), (2011, Even(70)), (2012, Even(50)), (2013, Even(35))).FirstIncomplete);
        Assert.Null(Create((2010, Even(100)), (2011, [100, 0, 0, .. Even(90)[..9]]), (2012, Even(90))).FirstIncomplete);
    }

    [Fact]
    public void The_busiest_year_can_itself_be_the_incomplete_one() =>
        Assert.Equal(new ReleaseMonth(2017, 6), Create((2016, Even(30)), (2017, [200, 200, 200, 200, 200, 200, 3])).CompleteTo);

    [Fact]
    public void A_small_ledger_says_nothing_about_completeness()
    {
        var years = Create((2016, Even(19)), (2017, [19, 1]));
        Assert.Null(years.CompleteTo);
        Assert.Null(years.FirstIncomplete);
        Assert.True(years.IsComplete(2017));
        Assert.Null(LedgerYears.Create([], Array.Empty<(ReleaseMonth, long)>()).DefaultSpan);
    }

    [Fact]
    public void A_decade_with_an_incomplete_year_is_incomplete_and_the_one_before_is_not()
    {
        var years = Create((2009, Even(30)), (2010, Even(40)), (2011, [40, 40, 2]));
        Assert.True(years.IsIncomplete("2010", length: 10));
        Assert.False(years.IsIncomplete("2010"));
        Assert.False(years.IsIncomplete("2000", length: 10));
    }

    [Theory]
    [InlineData(1990)]
    [InlineData(2006)]
    public void By_default_the_years_in_a_row_with_enough_known_revenues_are_shown(int lastPoor) =>
        Assert.Equal(new YearSpan(lastPoor + 1, 2016), WithKnown(lastPoor, incompleteFrom: 2017).DefaultSpan);

    [Fact]
    public void Without_enough_such_years_or_with_nothing_but_them_all_years_are_shown()
    {
        Assert.Null(WithKnown(2007, incompleteFrom: 2017).DefaultSpan);
        Assert.Null(WithKnown(1979, incompleteFrom: 9999).DefaultSpan);
    }

    /// <summary>Creates the years from 1980 to 2018, of which those after <paramref name="lastPoor"/> have just enough known revenues.</summary>
    private static LedgerYears WithKnown(int lastPoor, int incompleteFrom) => LedgerYears.Create(
        [.. Enumerable.Range(1980, 39).Select(year => new LedgerYear(year, 500, year <= lastPoor ? LedgerYears.MinKnownRevenues - 1 : LedgerYears.MinKnownRevenues))],
        new ReleaseMonth(incompleteFrom - 1, 12));

    private static long[] Even(long releases) => [.. Enumerable.Repeat(releases, 12)];

    private static LedgerYears Create(params (int Year, long[] Months)[] years) => LedgerYears.Create(
        [.. years.Select(year => new LedgerYear(year.Year, year.Months.Sum(), 0))],
        [.. years.SelectMany(year => year.Months.Select((releases, i) => (new ReleaseMonth(year.Year, i + 1), releases)).Where(month => month.releases > 0))]);
}
