using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>Parses popularity and mean votes: decimals of at most six places.</summary>
internal static class DecimalParser
{
    /// <summary>The number of decimal places in the ledger.</summary>
    public const int Scale = 6;

    /// <summary>
    /// Parses a decimal from 0 to <paramref name="largest"/>, with or without an exponent (<c>1.00E-06</c>). Returns the rule of the finding, or null if there is
    /// no finding. More than six places are rounded half to even (<c>rounded-number</c>).
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text, decimal largest, out decimal? value)
    {
        value = null;
        text = text.Trim(" \t"u8);
        if (text.IsEmpty)
        {
            return null;
        }

        if (TryReadPlain(text, out var number) && number <= largest)
        {
            value = number;
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number))
        {
            return Rules.InvalidNumber;
        }

        if (number < 0)
        {
            return Rules.NegativeAmount;
        }

        if (number > largest)
        {
            return Rules.InvalidNumber;
        }

        var rounded = decimal.Round(number, Scale);
        value = rounded;
        return rounded == number ? null : Rules.RoundedNumber;
    }

    /// <summary>Parses the most common form, <c>21.946943</c>, several times faster than the general parser.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.Length > 17)
        {
            return false;
        }

        var (digits, places) = (0L, -1);
        foreach (var c in text)
        {
            if (c == '.' && places < 0)
            {
                places = 0;
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            digits = (digits * 10) + c - '0';
            places += places < 0 ? 0 : 1;
        }

        if (places > Scale || text[^1] == '.' || text[0] == '.')
        {
            return false;
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, isNegative: false, (byte)Math.Max(places, 0));
        return true;
    }
}
