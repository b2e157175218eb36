namespace CineLedger.Charts;

/// <summary>A line a series. Where a year is unknown the line ends, and goes on after it; a year alone is a dot.</summary>
internal static class LineChart
{
    private const double Thickness = 2.2;
    private const double Radius = 3.2;

    /// <summary>So many points a chart can have before their dots hide its lines.</summary>
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
        var scale = ChartScale.Create(values.Min(), values.Max(), data.Measure.StartsAtZero);
        var axes = new ChartAxes(frame, bounds, data.Measure.Unit == "movies" ? scale.Rounded : scale);
        axes.Draw();

        // The largest series last: it is what most readers look for.
        for (var i = data.Series.Count - 1; i >= 0; i--)
        {
            var series = data.Series[i];
            foreach (var (first, last) in series.FindRuns())
            {
                var points = Enumerable.Range(first, last - first + 1).Select(year => (axes.GetX(year), axes.GetY(series.Values[year]!.Value))).ToList();
                if (points.Count > 1)
                {
                    canvas.DrawLine(points, palette.GetSeriesColor(i), Thickness, ChartPalette.GetDashPattern(i));
                }

                if (dots || points.Count == 1)
                {
                    points.ForEach(point => canvas.DrawDot(point.Item1, point.Item2, Radius, palette.GetSeriesColor(i)));
                }
            }
        }
    }
}
