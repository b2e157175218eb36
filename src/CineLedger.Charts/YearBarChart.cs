namespace CineLedger.Charts;

/// <summary>A bar a year: of one series, or of several, one on top of the other. What is below zero hangs down.</summary>
internal static class YearBarChart
{
    public static void Draw(ChartFrame frame, Box room)
    {
        var (canvas, data) = (frame.Canvas, frame.Data);
        var drawn = data.Drawn.ToList();
        room = frame.Legend(room, (i, x, y) => canvas.Boxes([new Box(x + 8, y - 7, 18, 14)], Colour(frame, i)));
        var sums = Enumerable.Range(0, data.Years.Count).Select(year =>
            (Up: drawn.Sum(series => Math.Max(0, series.Values[year] ?? 0)), Down: drawn.Sum(series => Math.Min(0, series.Values[year] ?? 0)))).ToList();
        var scale = ChartScale.Of(sums.Min(sum => sum.Down), sums.Max(sum => sum.Up));
        var axes = new ChartAxes(frame, room, data.Measure.Unit == "films" ? scale.Whole : scale);
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
                    var (from, to) = (axes.Y(stack[year]), axes.Y(stack[year] + value));
                    stack[year] += value;
                    boxes.Add(new Box(axes.X(year) - (width / 2), Math.Min(from, to), width, Math.Abs(to - from)));
                }
            }

            canvas.Boxes(boxes, Colour(frame, i));
        }

        canvas.Line([(axes.Plot.X, axes.Y(0)), (axes.Plot.Right, axes.Y(0))], frame.Palette.Faint, 1);
    }

    private static string Colour(ChartFrame frame, int i) => i < frame.Data.Series.Count ? frame.Palette.ColourOf(i) : frame.Palette.Rest;
}
