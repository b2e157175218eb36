namespace CineLedger.Model;

/// <summary>Statistics of the values of a movie column. Values are text that is the same on every engine: plain digits, ISO dates, <c>true</c> and <c>false</c>.</summary>
/// <param name="Known">Movies whose value is known.</param>
/// <param name="Distinct">The number of distinct values.</param>
/// <param name="Min">The smallest value, comparing text by code point; null when no value is known.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Quantiles">The distribution of numbers and dates; null for text.</param>
/// <param name="Lengths">The distribution of text lengths in characters; null for other kinds.</param>
/// <param name="MostFrequent">Up to <see cref="MaxFrequent"/> of the most frequent values; ties are ordered by value.</param>
public sealed record ValueStatistics(
    long Known, long Distinct, string? Min, string? Max, Quantiles? Quantiles, Quantiles? Lengths, IReadOnlyList<ValueFrequency> MostFrequent)
{
    /// <summary>The number of most frequent values.</summary>
    public const int MaxFrequent = 5;
}

/// <summary>
/// Percentiles as SQL's PERCENTILE_DISC defines them: the smallest existing value for which at least that share of the values is less than or
/// equal to it.
/// </summary>
public sealed record Quantiles(string Min, string P5, string P25, string Median, string P75, string P95, string Max)
{
    /// <summary>The percentiles between minimum and maximum.</summary>
    internal static IReadOnlyList<int> Percents { get; } = [5, 25, 50, 75, 95];
}

/// <summary>A value and the number of movies that have it.</summary>
public sealed record ValueFrequency(string Value, long Movies);
