using CineLedger.Model;

namespace CineLedger.Charts;

/// <summary>What a chart shows: some series over years, or one value each.</summary>
/// <param name="Measure">What the values are.</param>
/// <param name="Kind">The kind of chart that was asked for, or suits.</param>
/// <param name="Time">What lies along the axis; null where the result has no time.</param>
/// <param name="Years">The years, or other periods of <paramref name="Time"/>, from the first to the last with a known value, none left out; empty without time.</param>
/// <param name="Series">The largest series, the largest first, with a value for each year, or a single one.</param>
/// <param name="Others">What the series left out come to together; null unless asked for and meaningful.</param>
/// <param name="AllSeries">How many series the result has.</param>
/// <param name="KnownSeries">How many of them have a known value anywhere.</param>
/// <param name="Dimensions">The columns by whose values series differ, such as company.</param>
/// <param name="Fixed">What all rows have in common: the only company, for one.</param>
public sealed record ChartData(
    ChartMeasure Measure,
    ChartKind Kind,
    TimeAxis? Time,
    IReadOnlyList<int> Years,
    IReadOnlyList<ChartSeries> Series,
    ChartSeries? Others,
    int AllSeries,
    int KnownSeries,
    IReadOnlyList<string> Dimensions,
    IReadOnlyList<string> Fixed)
{
    /// <summary>A period's name.</summary>
    public string GetLabel(int period) => Time!.GetLabel(period);

    /// <summary>Whether bars stand for years, not for series.</summary>
    public bool HasYearBars => Series.Count == 1 && Years.Count > 1;

    /// <summary>All series to be drawn, the others last.</summary>
    public IEnumerable<ChartSeries> Drawn => Others is null ? Series : Series.Append(Others);

    /// <summary>Throws <see cref="UsageException"/> where the kind cannot show this.</summary>
    internal ChartData Check()
    {
        var word = Kind.ToString().ToLowerInvariant();
        if (Kind != ChartKind.Bar && Years.Count == 0)
        {
            throw new UsageException($"--kind {word}: the result has no years, or other times, to put side by side; choose --kind bar.");
        }

        if (Kind == ChartKind.Stacked && !Measure.IsAdditive)
        {
            throw new UsageException($"--kind stacked: {Measure.Title} of several cannot be added up; choose --kind line, or another --measure.");
        }

        if (Kind == ChartKind.Bar && Series.Count > 1 && Years.Count > 1 && !Measure.IsAdditive)
        {
            throw new UsageException(
                $"--kind bar: {Measure.Title} of several years cannot be added up; choose --kind line or heatmap, one year (--from Y --to Y), or one series.");
        }

        if (Kind is ChartKind.Line or ChartKind.Stacked && Series.Count > ChartPalette.MaxSeries)
        {
            throw new UsageException(
                $"--top {Series.Count}: a {word} chart can tell {ChartPalette.MaxSeries} series apart; choose fewer, or --kind heatmap or sparkline.");
        }

        return this;
    }
}
