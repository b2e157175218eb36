namespace CineLedger.Charts;

/// <summary>A bar per year, of one series or of several stacked or grouped ones. Negative values extend below zero; values that are not final are paler.</summary>
internal static class YearBarChart
{
    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, data) = (frame.Canvas, frame.Data);
        var drawn = data.DrawnSeries.ToList();
        bounds = frame.DrawLegend(bounds, (i, x, y) => canvas.DrawBoxes([new Box(x + 8, y - 7, 18, 14)], GetColor(frame, i)));
        var ends = Enumerable.Range(0, data.Years.Count).SelectMany(year => GetEnds(data, drawn, year)).ToList();
        var axes = new ChartAxes(frame, bounds, data.Measure.CreateScale(Math.Min(0, ends.Min()), Math.Max(0, ends.Max())));
        axes.Draw();

        var width = Math.Max(1, axes.Slot * 0.8 / (data.IsGrouped ? drawn.Count : 1));
        var (ups, downs) = (new double[data.Years.Count], new double[data.Years.Count]);
        for (var i = 0; i < drawn.Count; i++)
        {
            var bars = new List<(Box Box, string Color)>();
            for (var year = 0; year < data.Years.Count; year++)
            {
                if (drawn[i].Values[year] is { } value && value != 0)
                {
                    var stack = value > 0 ? ups : downs;
                    var start = data.IsGrouped ? 0 : stack[year];
                    stack[year] += value;
                    var (from, to) = (axes.GetY(start), axes.GetY(start + value));
                    var left = axes.GetX(year) - (axes.Slot * 0.4) + (data.IsGrouped ? i * width : 0);
                    var color = value < 0 && drawn.Count == 1 ? frame.Palette.Losses : GetColor(frame, i);
                    bars.Add((new Box(left, Math.Min(from, to), width, Math.Abs(to - from)), data.IsIncomplete(year) ? frame.Palette.Fade(color) : color));
                }
            }

            foreach (var bar in bars.GroupBy(bar => bar.Color, bar => bar.Box))
            {
                canvas.DrawBoxes([.. bar], bar.Key);
            }
        }

        canvas.DrawLine([(axes.Plot.X, axes.GetY(0)), (axes.Plot.Right, axes.GetY(0))], frame.Palette.Muted, 1);
    }

    /// <summary>Returns the upper and lower ends of the bars of a year.</summary>
    private static List<double> GetEnds(ChartData data, List<ChartSeries> drawn, int year)
    {
        var values = drawn.Select(series => series.Values[year] ?? 0).ToList();
        return data.IsGrouped ? values : [values.Sum(value => Math.Max(0, value)), values.Sum(value => Math.Min(0, value))];
    }

    private static string GetColor(ChartFrame frame, int i) => i < frame.Data.Series.Count ? frame.Palette.GetSeriesColor(i) : frame.Palette.Others;
}
