using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Release dates: <c>1995-10-30</c>, and what spreadsheets make of it.
/// </summary>
internal static class DateParser
{
    /// <summary>
    /// Two-digit years from 30 on are 19xx: spreadsheets write them for 1930 to 1999, leave dates before 1900 alone, and the
    /// century after is not here yet. 00 to 29 may be of either century, so the text does not decide them.
    /// </summary>
    public const int FirstUnambiguousShortYear = 30;

    /// <summary>
    /// Reads a date, null where the text is empty. A finding's rule comes back where there is one: <c>spreadsheet-value</c> for another
    /// way of writing it, <c>invalid-date</c> for no date, or one that the text does not decide.
    /// </summary>
    /// <param name="text">The field.</param>
    /// <param name="order">Which number is the day, as the whole file shows; null where that is not known yet.</param>
    /// <param name="value">The date.</param>
    /// <param name="needsOrder">True where <paramref name="order"/> is null and decides: ask again with it.</param>
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

    /// <summary>Takes <c>00:00:00</c> off the end: what date columns get when they pass through a data frame or a database.</summary>
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
