namespace CineLedger.Samples;

/// <summary>
/// A distribution given by its quantiles and interpolated linearly. Describes the measured distributions of the real
/// columns.
/// </summary>
internal sealed class QuantileCurve((double At, double Value)[] points)
{
    public double this[double unit]
    {
        get
        {
            int i = 1;
            while (i < points.Length - 1 && unit >= points[i].At)
            {
                i++;
            }

            var (low, high) = (points[i - 1], points[i]);
            return low.Value + ((unit - low.At) / (high.At - low.At) * (high.Value - low.Value));
        }
    }

    public double Draw(ref Rng rng) => this[rng.NextDouble()];
}

/// <summary>A weighted choice among numbered items.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _upTo;

    public WeightedChoice(IEnumerable<double> weights)
    {
        double sum = 0;
        _upTo = [.. weights.Select(weight => sum += weight)];
    }

    public int Count => _upTo.Length;

    public int Draw(ref Rng rng) => Draw(rng.NextDouble());

    public int Draw(double unit)
    {
        int found = Array.BinarySearch(_upTo, unit * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _upTo.Length - 1);
    }
}
