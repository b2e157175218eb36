namespace CineLedger.Charts;

/// <summary>A bar per year, of one series or of several stacked ones. Negative values extend below zero.</summary>
internal static class YearBarChart
{
    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, data) = (frame.Canvas, frame.Data);
        var drawn = data.DrawnSeries.ToList();
        bounds = frame.DrawLegend(bounds, (i, x, y) => canvas.DrawBoxes([new Box(x + 8, y - 7, 18, 14)], GetColor(frame, i)));
        var sums = Enumerable.Range(0, data.Years.Count).Select(year =>
            (Up: drawn.Sum(series => Math.Max(0, series.Values[year] ?? 0)), Down: drawn.Sum(series => Math.Min(0, series.Values[year] ?? 0)))).ToList();
        var scale = ChartScale.Create(sums.Min(sum => sum.Down), sums.Max(sum => sum.Up));
        var axes = new ChartAxes(frame, bounds, data.Measure.Unit == "movies" ? scale.WithWholeSteps : scale);
        axes.Draw();

        var width = Math.Max(1, axes.Slot * 0.8);
        var (ups, downs) = (new double[data.Years.Count], new double[data.Years.Count]);
        for (var i = 0; i < drawn.Count; i++)
        {
            var boxes = new List<Box>();
            for (var year = 0; year < data.Years.Count; year++)
            {
                if (drawn[i].Values[year] is { } value && value != 0)
                {
                    var stack = value > 0 ? ups : downs;
                    var (from, to) = (axes.GetY(stack[year]), axes.GetY(stack[year] + value));
                    stack[year] += value;
                    boxes.Add(new Box(axes.GetX(year) - (width / 2), Math.Min(from, to), width, Math.Abs(to - from)));
                }
            }

            canvas.DrawBoxes(boxes, GetColor(frame, i));
        }

        canvas.DrawLine([(axes.Plot.X, axes.GetY(0)), (axes.Plot.Right, axes.GetY(0))], frame.Palette.Muted, 1);
    }

    private static string GetColor(ChartFrame frame, int i) => i < frame.Data.Series.Count ? frame.Palette.GetSeriesColor(i) : frame.Palette.Others;
}
