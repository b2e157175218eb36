using System.Buffers.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Whole numbers: amounts in dollars, minutes, counts. Zero amounts and minutes mean unknown; a count's zero is real.
/// </summary>
internal static class AmountParser
{
    /// <summary>Ten trillion dollars: no movie's amount, and small enough that a million of them add up within 64 bits.</summary>
    public const long MaxValue = 10_000_000_000_000;

    /// <summary>A known amount below this was probably meant in millions.</summary>
    public const long Suspicious = 1_000;

    /// <summary>
    /// Reads an amount. <paramref name="value"/> is null where the text gives none. A finding's rule comes back where there is one:
    /// <c>invalid-number</c> and <c>negative-amount</c> leave the value unknown; <c>spreadsheet-value</c> says that a needless
    /// <c>.0</c> was dropped.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text, long largest, out long? value)
    {
        value = null;
        text = text.Trim(" \t\u00a0"u8);
        if (text.IsEmpty)
        {
            return null;
        }

        if (!Utf8Parser.TryParse(text, out long number, out var length))
        {
            return Rules.InvalidNumber;
        }

        var fraction = text[length..];
        if (fraction.Length > 0 && (fraction[0] != '.' || fraction[1..].ContainsAnyExcept((byte)'0')))
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

        value = number;
        return fraction.Length > 0 ? Rules.SpreadsheetValue : null;
    }
}
