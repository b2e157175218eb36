namespace CineLedger.Model;

/// <summary>Decimals of at most six places as whole numbers, as engines keep them.</summary>
internal static class Millionths
{
    private const int DecimalPlaces = 6;
    private const long MaxValue = long.MaxValue / 1_000_000;
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Further places are cut off. Throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static long ToMillionths(this decimal value)
    {
        // A decimal is a whole number of 96 bits and how many of its digits are places: multiplying two of them takes ten times as long.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = (long)(uint)parts[0] | ((long)parts[1] << 32);
        var places = (parts[3] >> 16) & 0xFF;
        return parts[2] == 0 && digits is >= 0 and <= MaxValue && places <= DecimalPlaces
            ? (parts[3] < 0 ? -digits : digits) * Powers[DecimalPlaces - places]
            : decimal.ToInt64(value * 1_000_000m);
    }
}
