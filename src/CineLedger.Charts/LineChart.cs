namespace CineLedger.Charts;

/// <summary>A line a series. Where a year is unknown the line ends, and goes on after it; a year alone is a dot.</summary>
internal static class LineChart
{
    private const double Thickness = 2.2;
    private const double Radius = 3.2;

    /// <summary>So many points a chart can have before their dots hide its lines.</summary>
    private const int MostDots = 160;

    public static void Draw(ChartFrame frame, Box room)
    {
        var (canvas, palette, data) = (frame.Canvas, frame.Palette, frame.Data);
        var values = data.Series.SelectMany(series => series.Values).OfType<double>().ToList();
        var dots = values.Count <= MostDots;
        room = frame.Legend(room, (i, x, y) =>
        {
            canvas.Line([(x, y), (x + 26, y)], palette.ColourOf(i), Thickness, ChartPalette.DashOf(i));
            if (dots)
            {
                canvas.Dot(x + 13, y, Radius, palette.ColourOf(i));
            }
        });
        var scale = ChartScale.Of(values.Min(), values.Max(), data.Measure.FromZero);
        var axes = new ChartAxes(frame, room, data.Measure.Unit == "films" ? scale.Whole : scale);
        axes.Draw();

        // The largest series last: it is what most readers look for.
        for (var i = data.Series.Count - 1; i >= 0; i--)
        {
            var series = data.Series[i];
            foreach (var (first, last) in series.Runs())
            {
                var points = Enumerable.Range(first, last - first + 1).Select(year => (axes.X(year), axes.Y(series.Values[year]!.Value))).ToList();
                if (points.Count > 1)
                {
                    canvas.Line(points, palette.ColourOf(i), Thickness, ChartPalette.DashOf(i));
                }

                if (dots || points.Count == 1)
                {
                    points.ForEach(point => canvas.Dot(point.Item1, point.Item2, Radius, palette.ColourOf(i)));
                }
            }
        }
    }
}
