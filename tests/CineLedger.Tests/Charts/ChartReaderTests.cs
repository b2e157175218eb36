using CineLedger.Charts;
using CineLedger.Model;
using CineLedger.Reports;
using static CineLedger.Tests.Charts.ChartTable;

namespace CineLedger.Tests.Charts;

public sealed class ChartReaderTests
{
    [Fact]
    public async Task Years_without_movies_and_unknown_amounts_are_gaps()
    {
        var data = await ReadAsync(new(), Pixar);
        Assert.Equal(Enumerable.Range(1995, 9), data.Years);
        Assert.Equal([373, null, null, 363, 497, null, null, null, 940], Assert.Single(data.Series).Values);
        Assert.Equal([(0, 0), (3, 4), (8, 8)], data.Series[0].FindRuns());
        Assert.Equal((ChartKind.Line, "revenue", true), (data.Kind, data.Measure.Column, data.HasYearBars));
    }

    [Fact]
    public async Task The_axis_ends_with_the_last_known_value() =>
        Assert.Equal([2000, 2001], (await ReadAsync(new(), (1990, "a", null), (2000, "a", 1), (2001, "a", 2), (2010, "a", null))).Years);

    [Fact]
    public async Task The_largest_series_by_total_come_first_and_all_are_counted()
    {
        var data = await ReadAsync(new() { Top = 2 }, (1990, "small", 1), (1990, "b", 5), (1991, "b", 5), (1990, "a", 10), (1991, "unknown", null));
        Assert.Equal(["a", "b"], data.Series.Select(series => series.Name));
        Assert.Equal((4, 3), (data.AllSeries, data.KnownSeries));
        Assert.Null(data.Others);
    }

    [Fact]
    public async Task A_stacked_chart_sums_the_omitted_series()
    {
        var data = await ReadAsync(new() { Kind = ChartKind.Stacked, Top = 1 }, (1990, "a", 10), (1990, "b", 2), (1990, "c", 1), (1991, "c", 4));
        Assert.Equal("2 others", data.Others?.Name);
        Assert.Equal([3, 4], data.Others!.Values);
    }

    [Fact]
    public async Task Means_are_ordered_by_their_mean_and_never_added_up()
    {
        var spec = new ChartSpec();
        var rows = ((int, string, double?)[])[(1990, "often", 6), (1991, "often", 6), (1990, "once", 10)];
        Assert.Equal(["once", "often"], (await ReadAsync(spec, Aggregate.Avg, rows)).Series.Select(series => series.Name));
        foreach (var kind in (ChartKind[])[ChartKind.Stacked, ChartKind.Bar])
        {
            Assert.Contains("cannot be added up", (await Assert.ThrowsAsync<UsageException>(() => ReadAsync(spec with { Kind = kind }, Aggregate.Avg, rows))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_single_year_is_drawn_as_bars() => Assert.Equal(ChartKind.Bar, (await ReadAsync(new(), (1990, "a", 1), (1990, "b", 2))).Kind);

    [Theory]
    [InlineData("revnue", "did you mean revenue? It has releases, revenue.")]
    [InlineData("rel", "did you mean releases? It has releases, revenue.")]
    [InlineData("company", "It has releases, revenue.")]
    public async Task An_unknown_measure_is_reported_with_similar_names(string name, string end) =>
        Assert.EndsWith(end, (await Assert.ThrowsAsync<UsageException>(() => ReadAsync(new() { Measure = name }, Pixar))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_empty_chart_says_why()
    {
        Assert.StartsWith("nothing to draw: the result has no rows", (await Assert.ThrowsAsync<NothingToDrawException>(() => ReadAsync(new()))).Message, StringComparison.Ordinal);
        Assert.Equal(
            "nothing to draw: revenue is unknown in all rows of the result.",
            (await Assert.ThrowsAsync<NothingToDrawException>(() => ReadAsync(new(), (1990, "a", null)))).Message);
    }

    [Fact]
    public async Task A_chart_with_too_many_lines_to_distinguish_is_rejected() =>
        Assert.StartsWith(
            "--top 22: a line chart can show at most 21 series",
            (await Assert.ThrowsAsync<UsageException>(() => ReadAsync(new() { Top = 22 }, Many(25)))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a\u001b[31mb", "a [31mb")]
    [InlineData(" a\r\n\tb ", "a b")]
    [InlineData("a\u202Eb", "a b")]
    [InlineData("\0", "(no name)")]
    [InlineData("Студия 日本 🎬", "Студия 日本 🎬")]
    public async Task Names_are_reduced_to_one_line_without_invisible_characters(string name, string clean) =>
        Assert.Equal(clean, (await ReadAsync(new(), (1990, name, 1))).Series[0].Name);
}
