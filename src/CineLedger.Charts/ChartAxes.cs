namespace CineLedger.Charts;

/// <summary>The axes of a chart of values over years.</summary>
internal sealed class ChartAxes
{
    private const double Size = 13;
    private readonly ChartFrame _frame;
    private readonly double _slot;

    /// <param name="frame">The chart.</param>
    /// <param name="bounds">The available area, including labels.</param>
    /// <param name="scale">The value axis; null for a chart with names as rows.</param>
    /// <param name="left">Width of the labels on the left, when there is no scale.</param>
    public ChartAxes(ChartFrame frame, Box bounds, ChartScale? scale, double left = 0)
    {
        _frame = frame;
        Scale = scale;
        left = scale is null ? left : scale.Labels.Max(label => frame.Canvas.Measure(frame.Data.Measure.FormatValue(label), Size)) + 12;
        Plot = new Box(bounds.X + left, bounds.Y + 8, bounds.Width - left - 8, bounds.Height - 36);
        _slot = Plot.Width / frame.Data.Years.Count;
    }

    public Box Plot { get; }

    public ChartScale? Scale { get; }

    /// <summary>Width of a year.</summary>
    public double Slot => _slot;

    /// <summary>Returns the center of a year.</summary>
    public double GetX(int year) => Plot.X + ((year + 0.5) * _slot);

    public double GetY(double value) => Plot.Bottom - (Scale!.GetPosition(value) * Plot.Height);

    /// <summary>Draws the grid lines, the value labels, and as many year labels as fit.</summary>
    public void Draw()
    {
        var (canvas, palette) = (_frame.Canvas, _frame.Palette);
        foreach (var label in Scale?.Labels ?? [])
        {
            var y = GetY(label);
            canvas.DrawLine([(Plot.X, y), (Plot.Right, y)], label == 0 ? palette.Muted : palette.Grid, 1);
            canvas.DrawText(Plot.X - 8, y + 4.5, _frame.Data.Measure.FormatValue(label), Size, palette.Muted, TextAnchor.End);
        }

        var years = _frame.Data.Years;
        var every = GetLabelInterval(canvas.Measure(_frame.Data.GetLabel(years[0]), Size) + 14);
        for (var i = 0; i < years.Count; i++)
        {
            if (years[i] % every == 0 || years.Count == 1)
            {
                canvas.DrawLine([(GetX(i), Plot.Bottom), (GetX(i), Plot.Bottom + 5)], palette.Muted, 1);
                canvas.DrawText(GetX(i), Plot.Bottom + 21, _frame.Data.GetLabel(years[i]), Size, palette.Muted, TextAnchor.Middle);
            }
        }
    }

    /// <summary>Returns the interval, in years, at which labels fit.</summary>
    private int GetLabelInterval(double label)
    {
        foreach (var step in _frame.Data.Time!.LabelSteps)
        {
            if (step * _slot / _frame.Data.Time.Step >= label && _frame.Data.Years.Any(year => year % step == 0))
            {
                return step;
            }
        }

        return 1000 * _frame.Data.Time!.PerYear;
    }
}
