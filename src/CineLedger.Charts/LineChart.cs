namespace CineLedger.Charts;

/// <summary>A line per series, with gaps for unknown years; a single year between gaps is a dot.</summary>
internal static class LineChart
{
    private const double Thickness = 2.2;
    private const double Radius = 3.2;

    /// <summary>With more points than this, no dots are drawn, because they would hide the lines.</summary>
    private const int MaxDots = 160;

    public static void Draw(ChartFrame frame, Box bounds)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var values = data.Series.SelectMany(series => series.Values).OfType<double>().ToList();
        var dots = values.Count <= MaxDots;
        bounds = frame.DrawLegend(bounds, (i, x, y) =>
        {
            canvas.DrawLine([(x, y), (x + 26, y)], palette.GetSeriesColor(i), Thickness, ChartPalette.GetDashPattern(i));
            if (dots)
            {
                canvas.DrawDot(x + 13, y, Radius, palette.GetSeriesColor(i));
            }
        });
        var axes = new ChartAxes(frame, bounds, data.Measure.CreateScale(values.Min(), values.Max()));
        axes.Draw();

        // Draws the largest series last, on top.
        for (var i = data.Series.Count - 1; i >= 0; i--)
        {
            var series = data.Series[i];
            foreach (var (first, last) in series.FindRuns())
            {
                var points = Enumerable.Range(first, last - first + 1).Select(year => (axes.GetX(year), axes.GetY(series.Values[year]!.Value))).ToList();
                var complete = points.TakeWhile((_, at) => !data.IsIncomplete(first + at)).ToList();
                if (complete.Count > 1)
                {
                    canvas.DrawLine(complete, palette.GetSeriesColor(i), Thickness, ChartPalette.GetDashPattern(i));
                }

                if (complete.Count < points.Count && points.Count > 1)
                {
                    canvas.DrawLine([.. points.Skip(Math.Max(0, complete.Count - 1))], palette.GetSeriesColor(i), Thickness / 2, ChartPalette.Incomplete);
                }

                if (dots || points.Count == 1)
                {
                    points.ForEach(point => canvas.DrawDot(point.Item1, point.Item2, Radius, palette.GetSeriesColor(i)));
                }
            }
        }
    }
}
