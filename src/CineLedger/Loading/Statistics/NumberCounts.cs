using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>Counts the values of a column of numbers or dates.</summary>
/// <param name="format">Formats a value as the store does.</param>
internal sealed class NumberCounts(Func<long, string> format)
{
    /// <summary>Distinguishes the value 0 from a free place.</summary>
    private const uint High = 1;

    private readonly FingerprintMap _counts = new();

    public static NumberCounts ForWholeNumbers() => new(value => value.ToString(CultureInfo.InvariantCulture));

    public static NumberCounts ForMillionths() => new(value => (value * 0.000001m).ToString("0.######", CultureInfo.InvariantCulture));

    public static NumberCounts ForDays() => new(day => DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <param name="value">A whole number, millionths or the number of a day.</param>
    /// <param name="count">1, or -1 to remove a value that was added.</param>
    public void Add(long value, int count) => _counts[new((ulong)value, High)] += count;

    public ValueStatistics Summarize()
    {
        var (keys, counts) = _counts.ToArrays();
        var values = Array.ConvertAll(keys, static key => (long)key.Low);
        Array.Sort(values, counts);
        var (known, distinct) = (0L, 0L);
        var frequent = new List<int>(ValueStatistics.MaxFrequent + 1);
        for (var i = 0; i < values.Length; i++)
        {
            known += counts[i];
            distinct += counts[i] > 0 ? 1 : 0;

            // Values come in order, so that the first of several equally frequent ones stays in front.
            if (counts[i] > 0 && (frequent.Count < ValueStatistics.MaxFrequent || counts[i] > counts[frequent[^1]]))
            {
                frequent.Insert(frequent.FindLastIndex(other => counts[other] >= counts[i]) + 1, i);
                if (frequent.Count > ValueStatistics.MaxFrequent)
                {
                    frequent.RemoveAt(ValueStatistics.MaxFrequent);
                }
            }
        }

        var quantiles = Distribution.Create(values, counts, format);
        return new(known, distinct, quantiles?.Min, quantiles?.Max, quantiles, null, [.. frequent.Select(i => new ValueFrequency(format(values[i]), counts[i]))]);
    }
}
