using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>The known values of a column in a sample of the movies, for quantiles.</summary>
internal sealed class ValueSample
{
    private readonly List<double> _values = [];

    /// <summary>The values in order, as bits: the bits of nonnegative numbers have the same order as the numbers.</summary>
    private ulong[]? _sorted;

    public long Count => _values.Count;

    /// <summary>Adds a value that is not negative.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">1, or -1 to remove a value that was added.</param>
    public void Add(double value, int count)
    {
        _sorted = null;
        if (count > 0)
        {
            _values.Add(value);
        }
        else
        {
            _values.Remove(value);
        }
    }

    /// <summary>Returns one of the values, as percentile_disc does in SQL; null without values.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double? GetQuantile(double share)
    {
        if (_sorted is null)
        {
            var bits = new ulong[_values.Count];
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] = BitConverter.DoubleToUInt64Bits(_values[i]);
            }

            _sorted = RadixSort.Sort(bits, new ulong[bits.Length]).ToArray();
        }

        return _sorted.Length == 0 ? null : BitConverter.UInt64BitsToDouble(_sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)]);
    }
}
