namespace CineLedger.Charts;

/// <summary>The frame of a chart: title, subtitle and footer. The chart kinds draw into the remaining area.</summary>
internal sealed record ChartFrame(Canvas Canvas, ChartPalette Palette, ChartData Data)
{
    public const double Margin = 28;
    public const double TextSize = 14;
    public const double FootSize = 12;
    private const double TitleSize = 22;
    private const double FootLine = 17;

    /// <summary>Height of the title, footer and margins.</summary>
    public const double ReservedHeight = 150;

    /// <summary>Draws the title and footer; returns the area between them.</summary>
    public Box Draw(string title, string subtitle, IReadOnlyList<string> foot)
    {
        var space = Canvas.Width - (2 * Margin);
        Canvas.DrawBoxes([new Box(0, 0, Canvas.Width, Canvas.Height)], Palette.Background);
        Canvas.DrawText(Margin, Margin + 18, Canvas.Fit(title, TitleSize, space, bold: true), TitleSize, Palette.Foreground, bold: true);
        var top = Margin + 43;
        foreach (var line in WrapLines(subtitle.Split(" · "), TextSize, space))
        {
            Canvas.DrawText(Margin, top, line, TextSize, Palette.Muted);
            top += 20;
        }

        var lines = WrapLines(foot, FootSize, space);
        var bottom = Canvas.Height - Margin + 8 - (FootLine * (lines.Count - 1));
        for (var i = 0; i < lines.Count; i++)
        {
            Canvas.DrawText(Margin, bottom + (FootLine * i), lines[i], FootSize, Palette.Muted);
        }

        return new Box(Margin, top + 4, space, bottom - FootLine - 8 - (top + 4));
    }

    /// <summary>Draws the legend on the right of a box; returns the remaining area.</summary>
    public Box DrawLegend(Box bounds, Action<int, double, double> mark)
    {
        var names = Data.DrawnSeries.Select(series => series.Name).ToList();
        if (Data.AllSeries == 1)
        {
            return bounds;
        }

        const double gap = 24;
        const double swatch = 34;
        var widest = names.Max(name => Canvas.Measure(name, TextSize));
        var width = Math.Min(widest + swatch + 4, Math.Max(120, bounds.Width * 0.28));
        var line = Math.Min(24, bounds.Height / names.Count);
        var left = bounds.Right - width;
        for (var i = 0; i < names.Count; i++)
        {
            var middle = bounds.Y + 10 + (line * (i + 0.5));
            mark(i, left, middle);
            Canvas.DrawText(left + swatch, middle + 5, Canvas.Fit(names[i], TextSize, width - swatch), TextSize, Palette.Foreground);
        }

        return bounds with { Width = bounds.Width - width - gap };
    }

    /// <summary>Joins parts with dots, as many per line as fit; cuts a part that is longer than a line.</summary>
    private List<string> WrapLines(IReadOnlyList<string> parts, double size, double width)
    {
        var lines = new List<string>();
        foreach (var part in parts)
        {
            var fitted = Canvas.Fit(part, size, width);
            if (lines.Count > 0 && Canvas.Measure($"{lines[^1]} · {fitted}", size) <= width)
            {
                lines[^1] = $"{lines[^1]} · {fitted}";
            }
            else
            {
                lines.Add(fitted);
            }
        }

        return lines;
    }
}
