namespace CineLedger.Charts;

/// <summary>The axes of a chart of values over years.</summary>
internal sealed class ChartAxes
{
    private const double Size = 13;
    private readonly ChartFrame _frame;
    private readonly double _slot;

    /// <param name="frame">The chart.</param>
    /// <param name="room">Where it may draw, its labels included.</param>
    /// <param name="scale">The axis of values; null for a chart whose rows are names.</param>
    /// <param name="left">How much room the labels at the left need, where there is no scale.</param>
    public ChartAxes(ChartFrame frame, Box room, ChartScale? scale, double left = 0)
    {
        _frame = frame;
        Scale = scale;
        left = scale is null ? left : scale.Labels.Max(label => frame.Canvas.Measure(ChartScale.Short(label), Size)) + 12;
        Plot = new Box(room.X + left, room.Y + 8, room.Width - left - 8, room.Height - 36);
        _slot = Plot.Width / frame.Data.Years.Count;
    }

    public Box Plot { get; }

    public ChartScale? Scale { get; }

    /// <summary>How wide a year is.</summary>
    public double Slot => _slot;

    /// <summary>The middle of a year.</summary>
    public double X(int year) => Plot.X + ((year + 0.5) * _slot);

    public double Y(double value) => Plot.Bottom - (Scale!.Place(value) * Plot.Height);

    /// <summary>Draws the lines of the values, their labels, and the years that fit.</summary>
    public void Draw()
    {
        var (canvas, palette) = (_frame.Canvas, _frame.Palette);
        foreach (var label in Scale?.Labels ?? [])
        {
            var y = Y(label);
            canvas.Line([(Plot.X, y), (Plot.Right, y)], label == 0 ? palette.Faint : palette.Grid, 1);
            canvas.Text(Plot.X - 8, y + 4.5, ChartScale.Short(label), Size, palette.Faint, Anchor.End);
        }

        var years = _frame.Data.Years;
        var every = Every(canvas.Measure(_frame.Data.Label(years[0]), Size) + 14);
        for (var i = 0; i < years.Count; i++)
        {
            if (years[i] % every == 0 || years.Count == 1)
            {
                canvas.Line([(X(i), Plot.Bottom), (X(i), Plot.Bottom + 5)], palette.Faint, 1);
                canvas.Text(X(i), Plot.Bottom + 21, _frame.Data.Label(years[i]), Size, palette.Faint, Anchor.Middle);
            }
        }
    }

    /// <summary>Every how many years a label has room.</summary>
    private int Every(double label)
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
