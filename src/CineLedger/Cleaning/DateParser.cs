using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Parses release dates: <c>1995-10-30</c> and the forms that spreadsheets convert it to.
/// </summary>
internal static class DateParser
{
    /// <summary>
    /// Two-digit years from 30 on mean 19xx: spreadsheets write them for 1930 to 1999, leave dates before 1900 unchanged, and 2030 is still to come. The years 00
    /// to 29 are ambiguous.
    /// </summary>
    public const int FirstUnambiguousShortYear = 30;

    /// <summary>
    /// Parses a date. Returns the rule of the finding, or null if there is none: <c>spreadsheet-value</c> for another format, <c>invalid-date</c> for an invalid or
    /// ambiguous date.
    /// </summary>
    /// <param name="text">The field.</param>
    /// <param name="order">Which number is the day, as determined from the whole file; null if not determined yet.</param>
    /// <param name="value">The date; null if unknown.</param>
    /// <param name="needsOrder">True if the date is ambiguous without <paramref name="order"/>: call again with it.</param>
    public static string? Parse(ReadOnlySpan<byte> text, DateOrder? order, out DateOnly? value, out bool needsOrder)
    {
        value = null;
        needsOrder = false;
        if (TryReadIso(text, out var date))
        {
            value = date;
            return null;
        }

        text = TrimMidnight(text.Trim(" \t"u8));
        if (text.IsEmpty)
        {
            return null;
        }

        if (!NumericDate.TryParse(text, out var numbers))
        {
            return Rules.InvalidDate;
        }

        if (!numbers.YearFirst && order is null)
        {
            needsOrder = true;
            return null;
        }

        value = numbers.Resolve(order);
        return value is null ? Rules.InvalidDate : Rules.SpreadsheetValue;
    }

    /// <summary>Removes <c>00:00:00</c> from the end, which data frames and databases append to dates.</summary>
    private static ReadOnlySpan<byte> TrimMidnight(ReadOnlySpan<byte> text)
    {
        foreach (var midnight in (ReadOnlySpan<string>)["T00:00:00Z", "T00:00:00", " 00:00:00", " 0:00:00", " 00:00", " 0:00"])
        {
            if (text.Length > midnight.Length && System.Text.Ascii.Equals(text[^midnight.Length..], midnight))
            {
                return text[..^midnight.Length];
            }
        }

        return text;
    }

    private static bool TryReadIso(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var year = ParseDigits(text[..4]);
        var month = ParseDigits(text.Slice(5, 2));
        var day = ParseDigits(text.Slice(8, 2));
        return NumericDate.TryCreate(year, month, day, out date);
    }

    private static int ParseDigits(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var c in digits)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + c - '0';
        }

        return number;
    }
}
