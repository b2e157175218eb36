using CineLedger.Model;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>The data of a profile's charts.</summary>
internal static class ProfileCharts
{
    /// <summary>
    /// Creates the chart of the percentage of each year's movies with a known budget or revenue; a year without movies is a gap.
    /// Null without dated movies.
    /// </summary>
    public static ChartData? CreateCoverage(LedgerProfile profile) => CreateYearChart(
        profile,
        new ChartMeasure("known", "movies with known amounts", "% of movies", IsAdditive: false),
        ("budget known", year => year is null ? null : GetPercent(year.BudgetKnown, year.Movies)),
        ("revenue known", year => year is null ? null : GetPercent(year.RevenueKnown, year.Movies)));

    /// <summary>Creates the chart of movies per year. Null without dated movies.</summary>
    public static ChartData? CreateReleases(LedgerProfile profile) => CreateYearChart(
        profile, new ChartMeasure("movies", "movies", "movies", IsAdditive: true), ("movies", year => year?.Movies ?? 0));

    /// <summary>Creates the chart of amounts by number of digits; null if no amount is known.</summary>
    public static ChartData? CreateSizes(LedgerProfile profile, Func<AmountSize, long> count) => CreateRanking(
        [.. profile.Amounts.Sizes.Select(size => (ProfileText.FormatShortSize(size.Digits), count(size)))]);

    /// <summary>Creates the chart of the most frequent names of a link; null if it has none.</summary>
    public static ChartData? CreateNames(LinkProfile link) => CreateRanking([.. link.MostFrequent.Select(name => (ProfileText.FormatText(name.Value), name.Movies))]);

    private static ChartData? CreateRanking(IReadOnlyList<(string Name, long Count)> rows)
    {
        var series = rows.Select(row => new ChartSeries(row.Name, [row.Count])).ToList();
        return rows.All(row => row.Count == 0)
            ? null
            : new ChartData(
                new ChartMeasure("movies", "movies", "movies", IsAdditive: true), ChartKind.Bar, null, [], series, null, series.Count, series.Count, [], []);
    }

    private static ChartData? CreateYearChart(LedgerProfile profile, ChartMeasure measure, params (string Name, Func<YearCoverage?, double?> Value)[] series)
    {
        var years = profile.Dated.ToDictionary(year => year.Year!.Value);
        if (years.Count == 0)
        {
            return null;
        }

        var all = Enumerable.Range(years.Keys.Min(), years.Keys.Max() - years.Keys.Min() + 1).ToList();
        var drawn = series.Select(one => new ChartSeries(one.Name, [.. all.Select(year => one.Value(years.GetValueOrDefault(year)))])).ToList();
        return new ChartData(measure, ChartKind.Line, new TimeAxis("year", 1, 1), all, drawn, null, drawn.Count, drawn.Count, [], []);
    }

    private static double GetPercent(long part, long whole) => Math.Round(100.0 * part / whole, 1);
}
