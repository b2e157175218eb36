namespace CineLedger.Charts;

/// <summary>A bar a series, the largest at the top, each with its name and its value: the total over all years.</summary>
internal static class RankingChart
{
    public const double LeastRow = 18;
    private const double MostRow = 40;

    public static void Draw(ChartFrame frame, Box room)
    {
        var (canvas, palette, series) = (frame.Canvas, frame.Palette, frame.Data.Series);
        var row = Math.Min(MostRow, room.Height / series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.72);
        var labels = series.Select(one => ChartScale.Short(one.Total!.Value)).ToList();
        var names = Math.Min(series.Max(one => canvas.Measure(one.Name, size)), room.Width * 0.34) + 12;
        var values = labels.Max(label => canvas.Measure(label, size)) + 12;
        var (least, largest) = (Math.Min(0, series.Min(one => one.Total!.Value)), Math.Max(0, series.Max(one => one.Total!.Value)));

        // Labels of bars that hang to the left stand there, too.
        var leftValues = least < 0 ? values : 0;
        var unit = (room.Width - names - values - leftValues) / Math.Max(largest - least, double.Epsilon);
        var zero = room.X + names + leftValues - (least * unit);
        for (var i = 0; i < series.Count; i++)
        {
            var value = series[i].Total!.Value;
            var (top, text) = (room.Y + (row * i), room.Y + (row * (i + 0.5)) + (size * 0.36));
            canvas.Text(room.X + names - 12, text, canvas.Fit(series[i].Name, size, names - 12), size, palette.Ink, Anchor.End);
            var end = zero + (value * unit);
            canvas.Boxes([new Box(Math.Min(zero, end), top + (row * 0.12), Math.Abs(end - zero), row * 0.76)], palette.Series[value < 0 ? 3 : 0]);
            canvas.Text(value < 0 ? end - 6 : end + 6, text, labels[i], size, palette.Faint, value < 0 ? Anchor.End : Anchor.Start);
        }

        canvas.Line([(zero, room.Y), (zero, room.Y + (row * series.Count))], palette.Faint, 1);
    }
}
