using System.Globalization;

namespace CineLedger.Web.Dashboard.Charts;

/// <summary>
/// Describes in words what a chart shows: the highest and the lowest value, and the trend. Screen readers read it as the name of the chart. Values of an
/// incomplete period are omitted, because they would always be the lowest.
/// </summary>
internal static class ChartSummary
{
    private const int MaxSeries = 3;

    /// <summary>The minimum number of steps in one direction for a trend.</summary>
    private const int MinTrend = 4;

    /// <summary>Returns the description of a chart, followed by what it shows.</summary>
    public static string Describe(ChartView view)
    {
        var summary = Summarize(view);
        return summary.Length == 0 ? view.Description : $"{view.Description.TrimEnd('.')}. {summary}";
    }

    /// <summary>Returns what a chart shows; empty if it has no values.</summary>
    public static string Summarize(ChartView view)
    {
        var complete = view.Incomplete is { } incomplete ? view.Labels.TakeWhile(label => label != incomplete.First).Count() : view.Labels.Count;
        var series = view.Series.Select(one => new NamedValues(one.Name, GetPoints(view.Labels, one.Data, complete))).Where(one => one.Points.Count > 0).ToList();
        if (series.Count == 0)
        {
            return "";
        }

        var text = view.Kind switch
        {
            ChartViewKind.Stacked => DescribeStacked(view, series, complete),
            ChartViewKind.Ranking => Join(one => DescribeEnds(one.Points, view.Unit, isRanking: true)),
            ChartViewKind.Heat => DescribeCells(series, view.Unit),
            ChartViewKind.Bump => Join(one => DescribeRanks(one.Points)),
            ChartViewKind.Marks => DescribeMarks(series),
            ChartViewKind.Lines or ChartViewKind.Bars => Join(one => DescribePoints(one.Points, view.Unit)),
            _ => throw new InvalidOperationException($"{view.Kind} has no summary"),
        };
        return view.Incomplete is { } part ? $"{text} Incomplete from {part.First}: {part.Label}." : text;

        string Join(Func<NamedValues, string> describe) =>
            string.Join(" ", series.Take(MaxSeries).Select(one => series.Count == 1 ? $"{describe(one)}." : $"{one.Name}: {describe(one)}."));
    }

    private static IReadOnlyList<(string Label, double Value)> GetPoints(IReadOnlyList<string> labels, IReadOnlyList<double?> data, int count) =>
        [.. labels.Zip(data).Take(count).Where(at => at.Second is not null).Select(at => (at.First, at.Second!.Value))];

    private static string DescribeEnds(IReadOnlyList<(string Label, double Value)> points, Unit unit, bool isRanking = false)
    {
        var (highest, lowest) = (points.MaxBy(point => point.Value), points.MinBy(point => point.Value));
        return points.Count == 1 ? $"{highest.Label}, {Format(highest.Value, unit)}"
            : highest.Value.Equals(lowest.Value) ? $"always {Format(highest.Value, unit)}"
            : $"highest {highest.Label}, {Format(highest.Value, unit)}; lowest{(isRanking ? " shown" : "")} {lowest.Label}, {Format(lowest.Value, unit)}";
    }

    private static string DescribePoints(IReadOnlyList<(string Label, double Value)> points, Unit unit) =>
        DescribeEnds(points, unit) + (FindTrend(points) is { } trend ? $"; {trend}" : "");

    /// <summary>
    /// Returns <c>rising since 1994</c> or <c>falling since 1994</c>, judged by the mean of each value and its neighbors, so that one weak year does not end a
    /// rise; null when neither has lasted.
    /// </summary>
    private static string? FindTrend(IReadOnlyList<(string Label, double Value)> points)
    {
        if (points.Count < MinTrend + 2)
        {
            return null;
        }

        double[] smooth = [.. points.Select((_, i) => points.Skip(Math.Max(0, i - 1)).Take(i == 0 ? 2 : 3).Average(point => point.Value))];
        var direction = Math.Sign(smooth[^1] - smooth[^2]);
        var start = smooth.Length - 1;
        while (direction != 0 && start > 0 && Math.Sign(smooth[start] - smooth[start - 1]) == direction)
        {
            start--;
        }

        // The smoothed values may turn one value before or after the turning point itself.
        var turn = points.Skip(Math.Max(0, start - 1)).Take(3).MinBy(point => point.Value * direction);
        return smooth.Length - 1 - start < MinTrend ? null : $"{(direction > 0 ? "rising" : "falling")} since {turn.Label}";
    }

    private static string DescribeStacked(ChartView view, List<NamedValues> series, int complete)
    {
        var totals = Enumerable.Range(0, complete)
            .Select(i => (Label: view.Labels[i], Values: view.Series.Select(one => one.Data[i]).OfType<double>().ToList()))
            .Where(at => at.Values.Count > 0).Select(at => (at.Label, at.Values.Sum())).ToList();
        var largest = series.MaxBy(one => one.Points.Sum(point => point.Value))!;
        return $"{(series.Count > 1 ? "Total: " : "")}{DescribePoints(totals, view.Unit)}.{(series.Count > 1 ? $" Largest part: {largest.Name}." : "")}";
    }

    private static string DescribeCells(List<NamedValues> series, Unit unit)
    {
        var cells = series.SelectMany(one => one.Points.Select(point => ($"{one.Name} {point.Label}", point.Value))).ToList();
        var leader = series.MaxBy(one => one.Points.Average(point => point.Value))!;
        return $"{DescribeEnds(cells, unit)}.{(series.Count > 1 ? $" Highest on average: {leader.Name}." : "")}";
    }

    private static string DescribeRanks(IReadOnlyList<(string Label, double Value)> points)
    {
        var (best, worst, last) = (points.MinBy(point => point.Value), points.MaxBy(point => point.Value), points[^1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"rank {last.Value:0} in {last.Label}; best {best.Value:0} in {best.Label}, {points.Count(point => point.Value.Equals(best.Value))} of {points.Count} times; "
            + $"worst {worst.Value:0} in {worst.Label}");
    }

    private static string DescribeMarks(List<NamedValues> series)
    {
        var leader = series.MaxBy(one => one.Points.Count)!;
        var newest = series.MaxBy(one => one.Points[^1].Label, StringComparer.Ordinal)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Most often: {leader.Name}, {leader.Points.Count} of {series.Sum(one => one.Points.Count)}; newest, {newest.Points[^1].Label}: {newest.Name}.");
    }

    private static string Format(double value, Unit unit) => NumberFormat.FormatShort(value, unit);

    private sealed record NamedValues(string Name, IReadOnlyList<(string Label, double Value)> Points);
}
