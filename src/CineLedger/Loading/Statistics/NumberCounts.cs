using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// The values of a column of numbers or dates, in the order of the movies. They are counted when all are known, because sorting them is faster than looking up each.
/// </summary>
/// <param name="format">Formats a value as the store does.</param>
internal sealed class NumberCounts(Func<long, string> format)
{
    private const long Unknown = long.MinValue;

    /// <summary>The bit that makes negative numbers smaller than others when both are compared without their sign.</summary>
    private const ulong Sign = 1UL << 63;

    private readonly ChunkedList<long> _values = new();

    /// <summary>The value of a movie by its index; null if unknown.</summary>
    public long? this[int movie] => _values[movie] is var value && value != Unknown ? value : null;

    public static NumberCounts ForWholeNumbers() => new(value => value.ToString(CultureInfo.InvariantCulture));

    public static NumberCounts ForMillionths() => new(value => (value * 0.000001m).ToString("0.######", CultureInfo.InvariantCulture));

    public static NumberCounts ForDays() => new(day => DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Adds the value of the next movie.</summary>
    /// <param name="value">A whole number, millionths or the number of a day; null if unknown.</param>
    public void Add(long? value) => _values.Add(value ?? Unknown);

    /// <summary>Removes the value of a movie.</summary>
    public void Remove(int movie) => _values[movie] = Unknown;

    /// <summary>Returns the statistics of the values. Call it when all movies are added.</summary>
    /// <param name="keys">Space for as many numbers as there are movies.</param>
    /// <param name="space">More space of this size.</param>
    public ValueStatistics Summarize(Span<ulong> keys, Span<ulong> space)
    {
        var known = 0;
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] != Unknown)
            {
                keys[known++] = (ulong)_values[i] ^ Sign;
            }
        }

        var sorted = RadixSort.Sort(keys[..known], space);
        var (distinct, frequent) = (0, new List<ValueFrequency>(ValueStatistics.MaxFrequent + 1));
        for (int start = 0, end; start < known; start = end)
        {
            end = sorted.FindEnd(start);
            distinct++;

            // Values come in order, so that the first of several equally frequent ones stays in front.
            var movies = end - start;
            if (frequent.Count < ValueStatistics.MaxFrequent || movies > frequent[^1].Movies)
            {
                frequent.Insert(frequent.FindLastIndex(other => other.Movies >= movies) + 1, new(Format(sorted[start]), movies));
                if (frequent.Count > ValueStatistics.MaxFrequent)
                {
                    frequent.RemoveAt(ValueStatistics.MaxFrequent);
                }
            }
        }

        var quantiles = Distribution.Create(sorted, Format);
        return new(known, distinct, quantiles?.Min, quantiles?.Max, quantiles, null, frequent);

        string Format(ulong key) => format((long)(key ^ Sign));
    }
}
