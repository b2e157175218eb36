namespace CineLedger.Charts;

/// <summary>A bar per series, largest first, with its name and value: the total over all years, or several values beside each other.</summary>
internal static class RankingChart
{
    public const double MinRowHeight = 18;
    private const double MaxRowHeight = 40;
    private const double LegendHeight = 30;

    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        if (data.Parts.Count > 0)
        {
            bounds = DrawLegend(frame, bounds);
        }

        double?[][] bars = [.. data.Series.Select(series => data.Parts.Count > 0 ? [.. series.Values] : new[] { series.Total })];
        var known = bars.SelectMany(values => values).OfType<double>().ToList();
        var row = Math.Min(MaxRowHeight, bounds.Height / bars.Length);
        var size = Math.Min(ChartFrame.TextSize, row * 0.72);
        var names = Math.Min(data.Series.Max(one => canvas.Measure(one.Name, size)), bounds.Width * 0.34) + 12;
        var thickness = row * 0.76 / Math.Max(1, data.Parts.Count);
        var labelSize = Math.Min(size, thickness * 1.1);
        var labels = known.Max(value => canvas.Measure(data.Measure.FormatValue(value), labelSize)) + 12;
        var (min, largest) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));

        // Labels of negative bars are on their left.
        var leftLabels = min < 0 ? labels : 0;
        var unit = (bounds.Width - names - labels - leftLabels) / Math.Max(largest - min, double.Epsilon);
        var zero = bounds.X + names + leftLabels - (min * unit);
        for (var i = 0; i < bars.Length; i++)
        {
            var top = bounds.Y + (row * i);
            canvas.DrawText(
                bounds.X + names - 12, top + (row * 0.5) + (size * 0.36), canvas.Fit(data.Series[i].Name, size, names - 12), size, palette.Foreground, TextAnchor.End);
            for (var part = 0; part < bars[i].Length; part++)
            {
                if (bars[i][part] is { } value)
                {
                    var (end, y) = (zero + (value * unit), top + (row * 0.12) + (thickness * part));
                    var color = value < 0 ? palette.Losses : palette.GetSeriesColor(part);
                    canvas.DrawBoxes([new Box(Math.Min(zero, end), y, Math.Abs(end - zero), thickness)], color);
                    canvas.DrawText(
                        value < 0 ? end - 6 : end + 6,
                        y + (thickness * 0.5) + (labelSize * 0.36),
                        data.Measure.FormatValue(value),
                        labelSize,
                        palette.Muted,
                        value < 0 ? TextAnchor.End : TextAnchor.Start);
                }
            }
        }

        canvas.DrawLine([(zero, bounds.Y), (zero, bounds.Y + (row * bars.Length))], palette.Muted, 1);
    }

    /// <summary>Draws the names of the values above the bars; returns the remaining area.</summary>
    private static Box DrawLegend(ChartFrame frame, Box bounds)
    {
        var x = bounds.X;
        foreach (var (name, i) in frame.Data.Parts.Select((name, i) => (name, i)))
        {
            frame.Canvas.DrawBoxes([new Box(x, bounds.Y + 2, 18, 14)], frame.Palette.GetSeriesColor(i));
            frame.Canvas.DrawText(x + 26, bounds.Y + 14, name, ChartFrame.TextSize, frame.Palette.Foreground);
            x += 26 + frame.Canvas.Measure(name, ChartFrame.TextSize) + 24;
        }

        return new Box(bounds.X, bounds.Y + LegendHeight, bounds.Width, bounds.Height - LegendHeight);
    }
}
