using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Charts;

/// <summary>The data of a chart: series over years, or with one value each.</summary>
/// <param name="Measure">What the values are.</param>
/// <param name="Kind">The requested or the most suitable kind of chart.</param>
/// <param name="Time">The time axis; null when the result has no time column.</param>
/// <param name="Years">All years, or other periods of <paramref name="Time"/>, from the first to the last with a known value; empty without time.</param>
/// <param name="Series">The largest series in descending order, each with a value per year or a single value.</param>
/// <param name="Others">The sum of the remaining series; null unless the chart is stacked and the values are additive.</param>
/// <param name="AllSeries">Number of series in the result.</param>
/// <param name="KnownSeries">Number of series with at least one known value.</param>
/// <param name="Dimensions">The columns that distinguish the series, such as company.</param>
/// <param name="Fixed">Values that all rows share, such as the only company.</param>
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
    /// <summary>The names of several values of each bar of a ranking, such as revenue and budget; empty for one value.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Whether the bars of several series stand beside each other in each period.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>The periods at the end that are not complete; null without any.</summary>
    public IncompletePeriods? Incomplete { get; init; }

    /// <summary>Marks the periods after the last complete month of a ledger.</summary>
    public ChartData MarkIncomplete(LedgerYears years)
    {
        var first = Time is null ? -1 : Years.ToList().FindIndex(period => years.IsIncomplete(GetLabel(period), Time.Step));
        return first < 0 || years.IncompleteLabel is not { } label ? this : this with { Incomplete = new IncompletePeriods(first, label) };
    }

    /// <summary>Returns whether the value of a period, by its index, is not final.</summary>
    internal bool IsIncomplete(int index) => Incomplete is { } incomplete && index >= incomplete.First;

    /// <summary>Returns the label of a period.</summary>
    public string GetLabel(int period) => Time!.GetLabel(period);

    /// <summary>Whether bars represent years rather than series.</summary>
    public bool HasYearBars => IsGrouped || (Series.Count == 1 && Years.Count > 1);

    /// <summary>All series to draw, the sum of the remaining ones last.</summary>
    public IEnumerable<ChartSeries> DrawnSeries => Others is null ? Series : Series.Append(Others);

    /// <summary>Throws <see cref="UsageException"/> when the kind of chart cannot show this data.</summary>
    internal ChartData Check()
    {
        var kindName = Kind.ToString().ToLowerInvariant();
        if (Kind != ChartKind.Bar && Years.Count == 0)
        {
            throw new UsageException($"--kind {kindName}: the result has no years or other periods; choose --kind bar.");
        }

        if (Kind == ChartKind.Stacked && !Measure.IsAdditive)
        {
            throw new UsageException($"--kind stacked: {Measure.Title} cannot be added up across series; choose --kind line or another --measure.");
        }

        if (Kind == ChartKind.Bar && Series.Count > 1 && Years.Count > 1 && !Measure.IsAdditive)
        {
            throw new UsageException(
                $"--kind bar: {Measure.Title} cannot be added up over years; choose --kind line or heatmap, one year (--from Y --to Y), or one series.");
        }

        if (Kind is ChartKind.Line or ChartKind.Stacked && Series.Count > ChartPalette.MaxSeries)
        {
            throw new UsageException(
                $"--top {Series.Count}: a {kindName} chart can show at most {ChartPalette.MaxSeries} series; choose fewer, or --kind heatmap or sparkline.");
        }

        return this;
    }
}

/// <summary>The periods at the end of a chart that the data does not cover completely.</summary>
/// <param name="First">The index of the first of them.</param>
/// <param name="Label">What the data covers, such as <c>to Jun 2017</c>.</param>
public sealed record IncompletePeriods(int First, string Label);
