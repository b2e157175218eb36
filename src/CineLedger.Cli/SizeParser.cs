using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Parses sizes in options: <c>500MB</c>, <c>1.5GB</c>; a number without a unit is in bytes, and a kilobyte is 1024 bytes.</summary>
internal static class SizeParser
{
    private static readonly (string Unit, long Bytes)[] Units = [("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("TB", 1L << 40), ("", 1)];

    /// <summary>Parses a size in bytes. Throws <see cref="UsageException"/> when it is malformed or not from 1 byte to 1024 TB.</summary>
    public static long Parse(string option, string text)
    {
        var (unit, bytes) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= 1L << 50 && number * bytes is >= 1 and <= 1L << 50
            ? (long)(number * bytes)
            : throw new UsageException($"{option}: '{text}' is not a size from 1 byte to 1024TB; use a value such as 500MB or 8GB.");
    }
}
