using System.Buffers.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Parses whole numbers: amounts in dollars and counts. The caller treats an amount of zero as unknown; a count of zero is real.
/// </summary>
internal static class AmountParser
{
    /// <summary>Ten trillion dollars. No movie's amount is larger, and sums of many such amounts fit in 64 bits.</summary>
    public const long MaxValue = 10_000_000_000_000;

    /// <summary>A known amount below this was probably given in millions.</summary>
    public const long SuspiciousBelow = 1_000;

    /// <summary>
    /// Parses an amount. <paramref name="value"/> is null if the text contains none. Returns the rule of the finding, or null if there is none:
    /// <c>invalid-number</c> and <c>negative-amount</c> leave the value unknown; <c>spreadsheet-value</c> means that a trailing <c>.0</c> was removed.
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
