using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>Computes quantiles from values and the number of their occurrences.</summary>
internal static class Distribution
{
    /// <summary>Returns the quantiles; null without values.</summary>
    /// <param name="values">The distinct values in order.</param>
    /// <param name="counts">The number of occurrences of each, which may be 0.</param>
    /// <param name="format">Formats a value.</param>
    public static Quantiles? Create(ReadOnlySpan<long> values, ReadOnlySpan<int> counts, Func<long, string> format)
    {
        var known = 0L;
        foreach (var count in counts)
        {
            known += count;
        }

        if (known == 0)
        {
            return null;
        }

        var (min, max, total, next) = (-1, -1, 0L, 0);
        var found = new string[Quantiles.Percents.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (counts[i] > 0)
            {
                (min, max, total) = (min < 0 ? i : min, i, total + counts[i]);
                for (; next < found.Length && total * 100 >= known * Quantiles.Percents[next]; next++)
                {
                    found[next] = format(values[i]);
                }
            }
        }

        return new(format(values[min]), found[0], found[1], found[2], found[3], found[4], format(values[max]));
    }
}
