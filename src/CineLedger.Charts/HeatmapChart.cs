namespace CineLedger.Charts;

/// <summary>A heat map: a row per series, a column per year, darker for larger values, blank for unknown ones, hatched for periods that are not complete.</summary>
internal static class HeatmapChart
{
    public const double MinRowHeight = 14;
    private const double MaxRowHeight = 40;
    private const double LegendHeight = 46;
    private const double HatchDistance = 6;

    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var row = Math.Min(MaxRowHeight, (bounds.Height - LegendHeight - 44) / data.Series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.8);
        var names = Math.Min(data.Series.Max(series => canvas.Measure(series.Name, size)), bounds.Width * 0.28) + 12;
        var axes = new ChartAxes(frame, bounds with { Height = (row * data.Series.Count) + 36 }, scale: null, names);
        axes.Draw();
        var values = data.Series.SelectMany(series => series.Values).OfType<double>().ToList();
        var max = Math.Max(values.Max(Math.Abs), double.Epsilon);

        // A thin gap separates the years, unless cells are so small that it would hide them.
        var gap = axes.Slot >= 6 ? 1 : 0;
        var cells = new Dictionary<string, List<Box>>(StringComparer.Ordinal);
        for (var i = 0; i < data.Series.Count; i++)
        {
            var top = axes.Plot.Y + (row * i);
            canvas.DrawText(axes.Plot.X - 8, top + (row / 2) + (size * 0.36), canvas.Fit(data.Series[i].Name, size, names - 12), size, palette.Foreground, TextAnchor.End);
            canvas.DrawLine([(axes.Plot.X, top + row), (axes.Plot.Right, top + row)], palette.Grid, 0.5);
            for (var year = 0; year < data.Years.Count; year++)
            {
                if (data.Series[i].Values[year] is { } value)
                {
                    var color = palette.GetHeatColor(value / max);
                    if (!cells.TryGetValue(color, out var same))
                    {
                        cells.Add(color, same = []);
                    }

                    same.Add(new Box(axes.GetX(year) - (axes.Slot / 2), top, axes.Slot - gap, row - gap));
                }
            }
        }

        foreach (var (color, boxes) in cells)
        {
            canvas.DrawBoxes(boxes, color);
        }

        if (data.Incomplete is { } incomplete)
        {
            var left = axes.GetX(incomplete.First) - (axes.Slot / 2);
            DrawHatch(canvas, axes.Plot with { X = left, Width = axes.Plot.Right - left, Height = row * data.Series.Count }, palette.Background);
        }

        DrawLegend(frame, axes.Plot.X, axes.Plot.Bottom + 44, values.Min() < 0 ? -max : 0, max);
    }

    /// <summary>Hatches the cells of periods that are not complete, in the color of the background.</summary>
    private static void DrawHatch(Canvas canvas, Box box, string color)
    {
        // Rising lines, cut off at the left and right edge.
        for (var x = box.X - box.Height; x < box.Right; x += HatchDistance)
        {
            var (from, to) = (Math.Max(x, box.X), Math.Min(x + box.Height, box.Right));
            canvas.DrawLine([(from, box.Bottom - (from - x)), (to, box.Bottom - (to - x))], color, 1.5);
        }
    }

    /// <summary>Draws the color legend.</summary>
    private static void DrawLegend(ChartFrame frame, double x, double y, double min, double max)
    {
        var (canvas, palette) = (frame.Canvas, frame.Palette);
        x = Math.Round(x);
        const int steps = 64;
        var width = Math.Max(1, Math.Floor(Math.Min(320, (frame.Canvas.Width - x) / 2) / steps));
        for (var i = 0; i < steps; i++)
        {
            canvas.DrawBoxes([new Box(x + (i * width), y, width, 12)], palette.GetHeatColor((min + ((max - min) * (i + 0.5) / steps)) / max));
        }

        var end = x + (width * steps);
        canvas.DrawText(x, y + 27, frame.Data.Measure.FormatValue(min), ChartFrame.FootSize, palette.Muted);
        canvas.DrawText((x + end) / 2, y + 27, frame.Data.Measure.FormatValue((min + max) / 2), ChartFrame.FootSize, palette.Muted, TextAnchor.Middle);
        canvas.DrawText(end, y + 27, frame.Data.Measure.FormatValue(max), ChartFrame.FootSize, palette.Muted, TextAnchor.End);
        canvas.DrawText(end + 20, y + 10.5, "blank: unknown, or no movies", ChartFrame.FootSize, palette.Muted);
    }
}
