namespace CineLedger.Charts;

/// <summary>A small line per series, each with its own scale, to compare many shapes. The minimum and maximum are shown beside it.</summary>
internal static class SparklineChart
{
    public const double MinRowHeight = 24;
    private const double MaxRowHeight = 56;

    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var row = Math.Min(MaxRowHeight, (bounds.Height - 36) / data.Series.Count);
        var size = Math.Min(ChartFrame.TextSize, row * 0.6);
        var names = Math.Min(data.Series.Max(series => canvas.Measure(series.Name, size)), bounds.Width * 0.28) + 12;
        var labels = data.Series.Select(series => GetLabel(series, data.Measure)).ToList();
        var values = labels.Max(label => canvas.Measure(label, ChartFrame.FootSize)) + 16;
        var axes = new ChartAxes(frame, bounds with { Width = bounds.Width - values, Height = (row * data.Series.Count) + 44 }, scale: null, names);
        axes.Draw();
        for (var i = 0; i < data.Series.Count; i++)
        {
            var series = data.Series[i];
            var (top, bottom) = (axes.Plot.Y + (row * i) + (row * 0.12), axes.Plot.Y + (row * (i + 1)) - (row * 0.12));
            var known = series.Values.OfType<double>().ToList();
            var (min, largest) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));
            canvas.DrawText(axes.Plot.X - 10, bottom - 2, canvas.Fit(series.Name, size, names - 12), size, palette.Foreground, TextAnchor.End);
            canvas.DrawLine([(axes.Plot.X, bottom), (axes.Plot.Right, bottom)], palette.Grid, 1);
            foreach (var (first, last) in series.FindRuns())
            {
                var points = Enumerable.Range(first, last - first + 1).Select(year =>
                    (axes.GetX(year), bottom - ((series.Values[year]!.Value - min) / Math.Max(largest - min, double.Epsilon) * (bottom - top)))).ToList();
                if (points.Count > 1)
                {
                    canvas.DrawLine(points, palette.Series[0], 1.6);
                }
                else
                {
                    canvas.DrawDot(points[0].Item1, points[0].Item2, 2, palette.Series[0]);
                }
            }

            canvas.DrawText(axes.Plot.Right + 14, bottom - 2, labels[i], ChartFrame.FootSize, palette.Muted);
        }
    }

    private static string GetLabel(ChartSeries series, ChartMeasure measure) =>
        series.Values.OfType<double>().ToList() is var known && known.Count == 1
            ? measure.FormatValue(known[0])
            : $"{measure.FormatValue(known.Min())} – {measure.FormatValue(known.Max())}";
}
