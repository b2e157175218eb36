using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Tests properties that consumers expect of every measure, including future ones.</summary>
public sealed class MeasureTests
{
    [Fact]
    public void Each_measure_has_a_unique_label_and_column_and_a_unit()
    {
        Assert.Equal(Measures.All.Count, Measures.All.Select(measure => measure.Name).Distinct().Count());
        Assert.Equal(Measures.All.Count, Measures.All.Select(measure => measure.Title).Distinct().Count());
        foreach (var measure in Measures.All)
        {
            Assert.NotEmpty(measure.Unit);
            Assert.NotEmpty(measure.Meaning);
            Assert.True(measure.Sql is not null || measure.Kind is MeasureKind.NameReleases);
        }
    }

    [Fact]
    public void Each_aggregated_measure_names_the_measure_that_counts_its_known_values()
    {
        foreach (var measure in Measures.All.Where(measure => measure.CanAggregate))
        {
            Assert.Equal(MeasureKind.Known, Measures.Find(measure.Known!).Kind);
        }
    }

    [Theory]
    [InlineData("releases", "movies", true)]
    [InlineData("revenue", "revenue", true)]
    [InlineData("revenue:avg", "revenue, average", false)]
    [InlineData("runtime", "runtime", false)]
    [InlineData("runtime:sum", "runtime, sum", true)]
    [InlineData("roi", "return on investment", false)]
    [InlineData("company_releases", "movies of the company", false)]
    [InlineData("rank", "rank", false)]
    [InlineData("rank:revenue:max", "rank by revenue, maximum", false)]
    [InlineData("share(revenue)", "share of revenue", false)]
    [InlineData("change(releases)", "change in movies", false)]
    [InlineData("change_percent(revenue)", "change in revenue in %", false)]
    [InlineData("total(revenue)", "running total of revenue", false)]
    [InlineData("mean3(revenue:avg)", "moving average of revenue, average", false)]
    [InlineData("share(revenue:sum)", "share of revenue", false)]
    [InlineData("all(budget:sum)", "budget, sum of all movies", false)]
    public void A_selected_measure_has_a_label_and_reports_whether_it_is_additive(string text, string title, bool isAdditive)
    {
        var use = Measures.Parse(text);
        Assert.Equal(title, use.Title);
        Assert.Equal(isAdditive, use.IsAdditive(new QueryRequest { Measures = [use] }));
        Assert.False(use.IsAdditive(new QueryRequest { Measures = [use], Aggregate = Aggregate.Median }) && text == "revenue");
    }
}
