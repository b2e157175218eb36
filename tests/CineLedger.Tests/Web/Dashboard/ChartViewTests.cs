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

    [Fact]
    public void Charts_with_one_year_or_none_are_unchanged()
    {
        foreach (var years in (string[][])[[], ["1940"]])
        {
            Assert.Equal(years, new ChartView(ChartViewKind.Bars, Unit.Count, years, []) { Description = "" }.WithEveryYear().Labels);
        }
    }
}
