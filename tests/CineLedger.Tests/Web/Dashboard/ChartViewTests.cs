using CineLedger.Reports;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the data that charts receive.</summary>
public sealed class ChartViewTests
{
    [Fact]
    public void A_year_without_movies_has_an_empty_place()
    {
        var chart = new ChartView(ChartViewKind.Lines, Unit.Money, ["1937", "1940", "1941"], [new ChartViewSeries("Revenue", [3, null, 5]) { Notes = ["a", null, "c"] }])
        {
            Description = "",
            Links = ["/1937", "/1940", "/1941"],
        }.WithEveryYear();
        Assert.Equal(["1937", "1938", "1939", "1940", "1941"], chart.Labels);
        var series = Assert.Single(chart.Series);
        Assert.Equal([3, null, null, null, 5], series.Data);
        Assert.Equal(["a", null, null, null, "c"], series.Notes);
        Assert.Equal(["/1937", null, null, "/1940", "/1941"], chart.Links);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(10, "2010")]
    public void A_decade_is_marked_if_one_of_its_years_is_incomplete(int yearsPerLabel, string? first)
    {
        var years = LedgerYears.Create([new(2016, 900, 0), new(2017, 500, 0)], new ReleaseMonth(2017, 6));
        var chart = new ChartView(ChartViewKind.Heat, Unit.Count, ["1990", "2000", "2010"], []) { Description = "", YearsPerLabel = yearsPerLabel };
        Assert.Equal(first, chart.MarkIncomplete(years).Incomplete?.First);

        // All years that the ledger has are complete.
        Assert.Null(chart.MarkIncomplete(LedgerYears.Create([new(2016, 900, 0)], new ReleaseMonth(2016, 12))).Incomplete);
    }

    [Fact]
    public void Charts_with_one_year_or_none_are_unchanged()
    {
        foreach (var years in (string[][])[[], ["1940"]])
        {
            Assert.Equal(years, new ChartView(ChartViewKind.Bars, Unit.Count, years, []) { Description = "" }.WithEveryYear().Labels);
        }
    }

    [Fact]
    public void A_ranking_omits_names_without_a_value_and_no_chart_is_empty()
    {
        var ranking = new ChartView(
            ChartViewKind.Ranking, Unit.Money, ["Drama", "War", "Action"], [new ChartViewSeries("Revenue", [3, null, null]), new ChartViewSeries("Budget", [1, null, 2]) { Notes = ["a", "b", "c"] }])
        {
            Description = "",
            Links = ["/Drama", "/War", "/Action"],
        };
        var drawn = ranking.OmitUnknown()!;
        Assert.Equal(["Drama", "Action"], drawn.Labels);
        Assert.Equal([3, null], drawn.Series[0].Data);
        Assert.Equal([1, 2], drawn.Series[1].Data);
        Assert.Equal(["a", "c"], drawn.Series[1].Notes);
        Assert.Equal(["/Drama", "/Action"], drawn.Links);

        // A gap in the years has a meaning.
        var years = ranking with { Kind = ChartViewKind.Lines };
        Assert.Same(years, years.OmitUnknown());
        Assert.Null((ranking with { Series = [new ChartViewSeries("Revenue", [null, null, null])] }).OmitUnknown());
    }
}
