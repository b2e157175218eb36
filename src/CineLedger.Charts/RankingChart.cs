namespace CineLedger.Charts;

/// <summary>A bar per series, largest first, with its name and value: the total over all years.</summary>
internal static class RankingChart
{
    public const double MinRowHeight = 18;
    private const double MaxRowHeight = 40;

    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, palette, series) = (frame.Canvas, frame.Palette, frame.Data.Series);
        var row = Math.Min(MaxRowHeight, bounds.Height / series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.72);
        var labels = series.Select(one => ChartScale.Format(one.Total!.Value)).ToList();
        var names = Math.Min(series.Max(one => canvas.Measure(one.Name, size)), bounds.Width * 0.34) + 12;
        var values = labels.Max(label => canvas.Measure(label, size)) + 12;
        var (min, largest) = (Math.Min(0, series.Min(one => one.Total!.Value)), Math.Max(0, series.Max(one => one.Total!.Value)));

        // Labels of negative bars are on their left.
        var leftValues = min < 0 ? values : 0;
        var unit = (bounds.Width - names - values - leftValues) / Math.Max(largest - min, double.Epsilon);
        var zero = bounds.X + names + leftValues - (min * unit);
        for (var i = 0; i < series.Count; i++)
        {
            var value = series[i].Total!.Value;
            var (top, text) = (bounds.Y + (row * i), bounds.Y + (row * (i + 0.5)) + (size * 0.36));
            canvas.DrawText(bounds.X + names - 12, text, canvas.Fit(series[i].Name, size, names - 12), size, palette.Foreground, TextAnchor.End);
            var end = zero + (value * unit);
            canvas.DrawBoxes([new Box(Math.Min(zero, end), top + (row * 0.12), Math.Abs(end - zero), row * 0.76)], palette.Series[value < 0 ? 3 : 0]);
            canvas.DrawText(value < 0 ? end - 6 : end + 6, text, labels[i], size, palette.Muted, value < 0 ? TextAnchor.End : TextAnchor.Start);
        }

        canvas.DrawLine([(zero, bounds.Y), (zero, bounds.Y + (row * series.Count))], palette.Muted, 1);
    }
}
