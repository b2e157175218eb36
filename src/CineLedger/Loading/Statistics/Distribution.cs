using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>Computes quantiles: of the values in order, that at the place at which the share is reached.</summary>
internal static class Distribution
{
    /// <summary>Returns the quantiles; null without values.</summary>
    /// <param name="sorted">The values in order, each as often as it occurs.</param>
    /// <param name="format">Formats a value.</param>
    public static Quantiles? Create(ReadOnlySpan<ulong> sorted, Func<ulong, string> format)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        var found = new string[Quantiles.Percents.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = format(sorted[(int)((((long)sorted.Length * Quantiles.Percents[i]) + 99) / 100) - 1]);
        }

        return Create(format(sorted[0]), found, format(sorted[^1]));
    }

    /// <summary>Returns the quantiles of lengths or sizes; null without values.</summary>
    /// <param name="counts">How often each of a few values occurs, which may be 0.</param>
    public static Quantiles? Create(IdMap<long, int> counts)
    {
        List<long> sorted = [.. counts.ToArrays().Keys];
        sorted.RemoveAll(value => counts[value] == 0);
        sorted.Sort(static (one, other) => one.CompareTo(other));
        var total = sorted.Sum(value => (long)counts[value]);
        return total == 0 ? null : Create(Format(sorted[0]), [.. Quantiles.Percents.Select(Find)], Format(sorted[^1]));

        string Find(int percent)
        {
            var (known, at) = (0L, -1);
            do
            {
                known += counts[sorted[++at]];
            }
            while (known * 100 < total * percent);

            return Format(sorted[at]);
        }

        static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static Quantiles Create(string min, string[] found, string max) => new(min, found[0], found[1], found[2], found[3], found[4], max);
}
