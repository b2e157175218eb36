using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>What the pictures of a profile show.</summary>
internal static class ProfileCharts
{
    /// <summary>How many per cent of a year's films have a budget, a revenue; a year without films is a gap. Null without dated films.</summary>
    public static ChartData? Coverage(LedgerProfile profile) => OverYears(
        profile,
        new ChartMeasure("known", "films with known amounts", "% of films", Additive: false),
        ("budget known", year => year is null ? null : Share(year.BudgetKnown, year.Films)),
        ("revenue known", year => year is null ? null : Share(year.RevenueKnown, year.Films)));

    /// <summary>Films a year. Null without dated films.</summary>
    public static ChartData? Films(LedgerProfile profile) => OverYears(
        profile, new ChartMeasure("films", "films", "films", Additive: true), ("films", year => year?.Films ?? 0));

    /// <summary>How many amounts have so many digits; null where none is known.</summary>
    public static ChartData? Sizes(LedgerProfile profile, Func<AmountSize, long> count) => Ranking(
        [.. profile.Amounts.Sizes.Select(size => (ProfileText.ShortSize(size.Digits), count(size)))]);

    /// <summary>The most frequent names of a link; null where it has none.</summary>
    public static ChartData? Names(LinkProfile link) => Ranking([.. link.MostFrequent.Select(name => (ProfileText.Text(name.Value), name.Films))]);

    private static ChartData? Ranking(IReadOnlyList<(string Name, long Count)> rows)
    {
        var series = rows.Select(row => new ChartSeries(row.Name, [row.Count])).ToList();
        return rows.All(row => row.Count == 0)
            ? null
            : new ChartData(
                new ChartMeasure("films", "films", "films", Additive: true), ChartKind.Bar, null, [], series, null, series.Count, series.Count, [], []);
    }

    private static ChartData? OverYears(LedgerProfile profile, ChartMeasure measure, params (string Name, Func<YearCoverage?, double?> Value)[] series)
    {
        var years = profile.Dated.ToDictionary(year => year.Year!.Value);
        if (years.Count == 0)
        {
            return null;
        }

        var all = Enumerable.Range(years.Keys.Min(), years.Keys.Max() - years.Keys.Min() + 1).ToList();
        var drawn = series.Select(one => new ChartSeries(one.Name, [.. all.Select(year => one.Value(years.GetValueOrDefault(year)))])).ToList();
        return new ChartData(measure, ChartKind.Line, new ChartTime("year", 1, 1), all, drawn, null, drawn.Count, drawn.Count, [], []);
    }

    private static double Share(long part, long whole) => Math.Round(100.0 * part / whole, 1);
}
