namespace CineLedger.Model;

/// <summary>Converts decimals of at most six places to integers, the form in which the engines store them.</summary>
internal static class Millionths
{
    private const int DecimalPlaces = 6;
    private const long MaxValue = long.MaxValue / 1_000_000;
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Truncates further decimal places. Throws <see cref="OverflowException"/> if the result exceeds 64 bits.</summary>
    public static long ToMillionths(this decimal value)
    {
        // A decimal is a 96-bit integer plus a number of decimal places. Working on these parts is ten times as fast as a decimal multiplication.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = (long)(uint)parts[0] | ((long)parts[1] << 32);
        var places = (parts[3] >> 16) & 0xFF;
        return parts[2] == 0 && digits is >= 0 and <= MaxValue && places <= DecimalPlaces
            ? (parts[3] < 0 ? -digits : digits) * Powers[DecimalPlaces - places]
            : decimal.ToInt64(value * 1_000_000m);
    }
}
