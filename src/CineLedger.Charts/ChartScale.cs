namespace CineLedger.Charts;

/// <summary>A value axis with round steps.</summary>
/// <param name="Low">Start of the axis: zero, or at or slightly below the smallest value.</param>
/// <param name="High">End of the axis: at or slightly above the largest value.</param>
/// <param name="Step">Distance between labels: 1, 2 or 5 times a power of ten.</param>
public sealed record ChartScale(double Low, double High, double Step)
{
    private const int Steps = 5;

    /// <summary>Creates a scale for values between two bounds, optionally including zero.</summary>
    public static ChartScale Create(double min, double max, bool fromZero = true)
    {
        if (fromZero)
        {
            min = Math.Min(0, min);
            max = Math.Max(0, max);
        }

        if (max - min <= Math.Abs(max) * 1e-9)
        {
            max = min + Math.Max(1, Math.Abs(min) / 10);
        }

        var rough = (max - min) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return new ChartScale(-End(-min), End(max), step);

        // Extends to the next label if it is near, otherwise just enough that the value does not touch the edge.
        double End(double value)
        {
            var next = Math.Ceiling(value / step) * step;
            return next - value <= step / 2 ? next : value + (step / 10);
        }
    }

    /// <summary>Creates a scale for ranks, with 1 at the top.</summary>
    public static ChartScale CreateForRanks(double last) => new(last + 0.5, 0.5, 1);

    /// <summary>The scale without values above 1, for shares.</summary>
    public ChartScale UpToOne => High is > 1 and < 1.2 ? this with { High = 1 } : this;

    /// <summary>The scale with whole steps, for counts.</summary>
    public ChartScale WithWholeSteps => Step >= 1 ? this : new ChartScale(Math.Floor(Low), Math.Ceiling(High), 1);

    /// <summary>The round values from start to end.</summary>
    public IEnumerable<double> Labels
    {
        get
        {
            var first = (int)Math.Ceiling(Math.Round(Math.Min(Low, High) / Step, 6));
            var last = (int)Math.Floor(Math.Round(Math.Max(Low, High) / Step, 6));
            return Enumerable.Range(first, last - first + 1).Select(i => i * Step);
        }
    }

    /// <summary>Returns the position of a value on the axis: 0 for the low end, 1 for the high end.</summary>
    public double GetPosition(double value) => (value - Low) / (High - Low);
}
