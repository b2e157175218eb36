namespace CineLedger.Charts;

/// <summary>A small line a series, each with a scale of its own: for the shape of many at once. Its least and largest value stand beside it.</summary>
internal static class SparklineChart
{
    public const double LeastRow = 24;
    private const double MostRow = 56;

    public static void Draw(ChartFrame frame, Box room)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var row = Math.Min(MostRow, (room.Height - 36) / data.Series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.6);
        var names = Math.Min(data.Series.Max(series => canvas.Measure(series.Name, size)), room.Width * 0.28) + 12;
        var labels = data.Series.Select(Label).ToList();
        var values = labels.Max(label => canvas.Measure(label, ChartFrame.FootSize)) + 16;
        var axes = new ChartAxes(frame, room with { Width = room.Width - values, Height = (row * data.Series.Count) + 44 }, scale: null, names);
        axes.Draw();
        for (var i = 0; i < data.Series.Count; i++)
        {
            var series = data.Series[i];
            var (top, bottom) = (axes.Plot.Y + (row * i) + (row * 0.12), axes.Plot.Y + (row * (i + 1)) - (row * 0.12));
            var known = series.Values.OfType<double>().ToList();
            var (least, largest) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));
            canvas.Text(axes.Plot.X - 10, bottom - 2, canvas.Fit(series.Name, size, names - 12), size, palette.Ink, Anchor.End);
            canvas.Line([(axes.Plot.X, bottom), (axes.Plot.Right, bottom)], palette.Grid, 1);
            foreach (var (first, last) in series.Runs())
            {
                var points = Enumerable.Range(first, last - first + 1).Select(year =>
                    (axes.X(year), bottom - ((series.Values[year]!.Value - least) / Math.Max(largest - least, double.Epsilon) * (bottom - top)))).ToList();
                if (points.Count > 1)
                {
                    canvas.Line(points, palette.Series[0], 1.6);
                }
                else
                {
                    canvas.Dot(points[0].Item1, points[0].Item2, 2, palette.Series[0]);
                }
            }

            canvas.Text(axes.Plot.Right + 14, bottom - 2, labels[i], ChartFrame.FootSize, palette.Faint);
        }
    }

    private static string Label(ChartSeries series) =>
        series.Values.OfType<double>().ToList() is var known && known.Count == 1
            ? ChartScale.Short(known[0])
            : $"{ChartScale.Short(known.Min())} – {ChartScale.Short(known.Max())}";
}
