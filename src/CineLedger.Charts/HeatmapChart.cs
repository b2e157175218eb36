namespace CineLedger.Charts;

/// <summary>A row a series, a column a year, the darker the more; unknown is left open.</summary>
internal static class HeatmapChart
{
    public const double LeastRow = 14;
    private const double MostRow = 40;
    private const double KeyHeight = 46;

    public static void Draw(ChartFrame frame, Box room)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var row = Math.Min(MostRow, (room.Height - KeyHeight - 44) / data.Series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.8);
        var names = Math.Min(data.Series.Max(series => canvas.Measure(series.Name, size)), room.Width * 0.28) + 12;
        var axes = new ChartAxes(frame, room with { Height = (row * data.Series.Count) + 36 }, scale: null, names);
        axes.Draw();
        var values = data.Series.SelectMany(series => series.Values).OfType<double>().ToList();
        var most = Math.Max(values.Max(Math.Abs), double.Epsilon);

        // A thin gap between cells shows the years; where cells are small it would only hide them.
        var gap = axes.Slot >= 6 ? 1 : 0;
        var cells = new Dictionary<string, List<Box>>(StringComparer.Ordinal);
        for (var i = 0; i < data.Series.Count; i++)
        {
            var top = axes.Plot.Y + (row * i);
            canvas.Text(axes.Plot.X - 8, top + (row / 2) + (size * 0.36), canvas.Fit(data.Series[i].Name, size, names - 12), size, palette.Ink, Anchor.End);
            canvas.Line([(axes.Plot.X, top + row), (axes.Plot.Right, top + row)], palette.Grid, 0.5);
            for (var year = 0; year < data.Years.Count; year++)
            {
                if (data.Series[i].Values[year] is { } value)
                {
                    var colour = palette.HeatOf(value / most);
                    if (!cells.TryGetValue(colour, out var same))
                    {
                        cells.Add(colour, same = []);
                    }

                    same.Add(new Box(axes.X(year) - (axes.Slot / 2), top, axes.Slot - gap, row - gap));
                }
            }
        }

        foreach (var (colour, boxes) in cells)
        {
            canvas.Boxes(boxes, colour);
        }

        DrawKey(frame, axes.Plot.X, axes.Plot.Bottom + 44, values.Min() < 0 ? -most : 0, most);
    }

    /// <summary>Which colour stands for how much.</summary>
    private static void DrawKey(ChartFrame frame, double x, double y, double least, double most)
    {
        var (canvas, palette) = (frame.Canvas, frame.Palette);
        x = Math.Round(x);
        const int steps = 64;
        var width = Math.Max(1, Math.Floor(Math.Min(320, (frame.Canvas.Width - x) / 2) / steps));
        for (var i = 0; i < steps; i++)
        {
            canvas.Boxes([new Box(x + (i * width), y, width, 12)], palette.HeatOf((least + ((most - least) * (i + 0.5) / steps)) / most));
        }

        var end = x + (width * steps);
        canvas.Text(x, y + 27, ChartScale.Short(least), ChartFrame.FootSize, palette.Faint);
        canvas.Text((x + end) / 2, y + 27, ChartScale.Short((least + most) / 2), ChartFrame.FootSize, palette.Faint, Anchor.Middle);
        canvas.Text(end, y + 27, ChartScale.Short(most), ChartFrame.FootSize, palette.Faint, Anchor.End);
        canvas.Text(end + 20, y + 10.5, "open: unknown, or no film", ChartFrame.FootSize, palette.Faint);
    }
}
