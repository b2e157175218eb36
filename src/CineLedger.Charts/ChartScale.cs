using System.Globalization;

namespace CineLedger.Charts;

/// <summary>An axis of values in round steps.</summary>
/// <param name="Low">Where it begins: zero, or at or a little below the least value.</param>
/// <param name="High">Where it ends: at or a little above the largest value.</param>
/// <param name="Step">From one label to the next: 1, 2 or 5 times a power of ten.</param>
public sealed record ChartScale(double Low, double High, double Step)
{
    private const int Steps = 5;

    /// <summary>A scale for values between two bounds, which holds zero if it is to.</summary>
    public static ChartScale Create(double min, double largest, bool fromZero = true)
    {
        if (fromZero)
        {
            min = Math.Min(0, min);
            largest = Math.Max(0, largest);
        }

        if (largest - min <= Math.Abs(largest) * 1e-9)
        {
            largest = min + Math.Max(1, Math.Abs(min) / 10);
        }

        var rough = (largest - min) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return new ChartScale(-End(-min), End(largest), step);

        // To the next label where it is near, else only so far that the value does not touch the edge.
        double End(double value)
        {
            var next = Math.Ceiling(value / step) * step;
            return next - value <= step / 2 ? next : value + (step / 10);
        }
    }

    /// <summary>The same in whole steps: a half movie is none.</summary>
    public ChartScale Rounded => Step >= 1 ? this : new ChartScale(Math.Floor(Low), Math.Ceiling(High), 1);

    /// <summary>The round values from one end to the other.</summary>
    public IEnumerable<double> Labels
    {
        get
        {
            var first = (int)Math.Ceiling(Math.Round(Low / Step, 6));
            var last = (int)Math.Floor(Math.Round(High / Step, 6));
            return Enumerable.Range(first, last - first + 1).Select(i => i * Step);
        }
    }

    /// <summary>A value's place on the axis, 0 for its low end, 1 for its high one.</summary>
    public double GetPosition(double value) => (value - Low) / (High - Low);

    /// <summary>A value in few characters: <c>100 M</c>, <c>1.5 B</c>, <c>12,000</c>, <c>7.25</c>.</summary>
    public static string Format(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e12 => FormatScaled(value / 1e12, "T"),
        >= 999_500_000 => FormatScaled(value / 1e9, "B"),
        >= 999_500 => FormatScaled(value / 1e6, "M"),
        >= 1_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>Three digits that count.</summary>
    private static string FormatScaled(double value, string unit) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture) + " " + unit;
}
