using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests what screen readers say about a chart.</summary>
public sealed class ChartSummaryTests
{
    private static readonly string[] Years = ["2009", "2010", "2011", "2012", "2013", "2014", "2015", "2016"];

    [Fact]
    public void Lines_have_their_highest_and_lowest_value_and_a_lasting_direction() => Assert.Equal(
        "Revenue and budget by year. Revenue: highest 2016, $28.7 bn; lowest 2010, $1.00 bn; rising since 2010. Budget: highest 2010, $9.00 m; lowest 2011, $1.00 m.",
        Describe(Create(
            ChartViewKind.Lines, Unit.Money, ("Revenue", [2e9, 1e9, 3e9, 4e9, 3.5e9, 8e9, null, 28.7e9]), ("Budget", [5e6, 9e6, 1e6, 9e6, 1e6, 9e6, 1e6, 8e6])) with
        {
            Description = "Revenue and budget by year.",
        }));

    [Fact]
    public void An_incomplete_period_is_named_but_not_compared() => Assert.Equal(
        "highest 2010, 8; lowest 2014, 3; falling since 2010. Incomplete from 2015: to Jun 2015.",
        Summarize(Create(ChartViewKind.Bars, Unit.Count, ("Movies", [7, 8, 7, 6, 5, 3, 1, 0])) with { Incomplete = new IncompletePeriod("2015", "to Jun 2015") }));

    [Fact]
    public void Stacked_bars_have_a_total_and_a_largest_part() => Assert.Equal(
        "Total: highest 2010, 90.0 %; lowest 2016, 10.0 %. Largest part: Disney.",
        Summarize(Create(ChartViewKind.Stacked, Unit.Percent, ("Disney", [.2, .6, .3, .4, .2, .4, .3, null]), ("Sony", [.1, .3, .1, .2, .1, .2, .1, .1]))));

    [Fact]
    public void A_ranking_has_its_ends() => Assert.Equal(
        "highest Warner Bros., $62.5 bn; lowest shown Dune, $14.8 bn.",
        Summarize(new ChartView(ChartViewKind.Ranking, Unit.Money, ["Warner Bros.", "Universal", "Dune"], [new ChartViewSeries("Revenue", [62.5e9, 53.9e9, 14.8e9])]) { Description = "" }));

    [Fact]
    public void A_heat_map_has_its_cells_and_the_row_that_leads() => Assert.Equal(
        "highest War 2010, 9.00; lowest Drama 2009, 1.00. Highest on average: War.",
        Summarize(Create(ChartViewKind.Heat, Unit.Measure, ("Drama", [1, 2, 3, 3, 3, 3, 3, 3]), ("War", [null, 9, null, null, 8, null, null, 4]))));

    [Fact]
    public void Ranks_have_the_newest_the_best_and_the_worst() => Assert.Equal(
        "rank 2 in 2016; best 1 in 2010, 3 of 8 times; worst 5 in 2009.",
        Summarize(Create(ChartViewKind.Bump, Unit.Count, ("Drama", [5, 1, 1, 2, 3, 1, 4, 2]))));

    [Fact]
    public void Marks_have_the_most_frequent_and_the_newest() => Assert.Equal(
        "Most often: Drama, 3 of 5; newest, 2016: War.",
        Summarize(Create(ChartViewKind.Marks, Unit.Measure, ("Drama", [1, 1, 1, null, null, null, null, null]), ("War", [null, null, null, null, null, null, 1, 1]))));

    [Fact]
    public void Single_equal_and_missing_values_are_stated_as_such()
    {
        Assert.Equal("2009, 4.", Summarize(Create(ChartViewKind.Bars, Unit.Count, ("Movies", [4, null, null, null, null, null, null, null]))));
        Assert.Equal("always 4.", Summarize(Create(ChartViewKind.Bars, Unit.Count, ("Movies", [4, 4, 4, 4, 4, 4, 4, 4]))));
        Assert.Equal("Movies.", Describe(Create(ChartViewKind.Lines, Unit.Count, ("Movies", [null, null, null, null, null, null, null, null])) with { Description = "Movies." }));
    }

    [Fact]
    public void Every_kind_has_a_summary()
    {
        foreach (var kind in Enum.GetValues<ChartViewKind>())
        {
            Assert.NotEmpty(Summarize(Create(kind, Unit.Count, ("A", [1, 2, 3, 4, 5, 6, 7, 8]), ("B", [8, 7, 6, 5, 4, 3, 2, 1]))));
        }
    }

    private static ChartView Create(ChartViewKind kind, Unit unit, params (string Name, double?[] Data)[] series) =>
        new(kind, unit, Years, [.. series.Select(one => new ChartViewSeries(one.Name, one.Data))]) { Description = "" };

    private static string Describe(ChartView chart) => ReplaceNoBreakSpaces(ChartSummary.Describe(chart));

    private static string Summarize(ChartView chart) => ReplaceNoBreakSpaces(ChartSummary.Summarize(chart));

    private static string ReplaceNoBreakSpaces(string text) => text.Replace('\u00A0', ' ');
}
