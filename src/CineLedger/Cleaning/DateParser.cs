using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>How a date was read.</summary>
/// <param name="Date">The date; null if unknown.</param>
/// <param name="Year">The year of a date without a day.</param>
/// <param name="Rule">
/// The rule of the finding, or null if there is none: <c>spreadsheet-value</c> for another format, <c>partial-date</c> for a date without a day, <c>invalid-date</c>
/// for an invalid or ambiguous date.
/// </param>
/// <param name="NeedsOrder">True if the date is ambiguous without the order of the file's dates: parse it again with the order.</param>
internal readonly record struct ParsedDate(DateOnly? Date, int? Year, string? Rule, bool NeedsOrder = false);

/// <summary>
/// Parses release dates: <c>1995-10-30</c>, the forms that spreadsheets and people write, and dates without a day.
/// </summary>
internal static class DateParser
{
    /// <summary>
    /// Two-digit years from 30 on mean 19xx: spreadsheets write them for 1930 to 1999, leave dates before 1900 unchanged, and 2030 is still to come. The years 00
    /// to 29 are ambiguous.
    /// </summary>
    public const int FirstUnambiguousShortYear = 30;

    /// <summary>A bare number counts as a year only if it is between the first moving pictures and 2100.</summary>
    private const int FirstYear = 1870;
    private const int LastYear = 2100;

    /// <summary>Parses a date.</summary>
    /// <param name="text">The field.</param>
    /// <param name="order">Which number is the day, as determined from the whole file; null if not determined yet.</param>
    /// <param name="columnYear">The year in the record's column of years; null if there is none.</param>
    public static ParsedDate Parse(ReadOnlySpan<byte> text, DateOrder? order, int? columnYear = null)
    {
        if (TryReadIso(text, out var date))
        {
            return FixCentury(new(date, null, null), columnYear);
        }

        text = TrimTime(text);
        if (text.IsEmpty)
        {
            return default;
        }

        text = TrimPlace(text);
        var parsed = NumericDate.TryParse(text, out var numbers) ? Parse(numbers, order, columnYear)
            : WrittenDate.TryParse(text, out var written) ? Parse(written, columnYear)
            : TryReadPartial(text, out var year) ? Partial(year)
            : default;
        return parsed == default ? new(null, null, Rules.InvalidDate) : FixCentury(parsed, columnYear);
    }

    /// <summary>Returns whether a text is written like a date, even if the date is invalid or ambiguous.</summary>
    public static bool HasForm(ReadOnlySpan<byte> text) =>
        TrimTime(text) is { IsEmpty: false } date && (NumericDate.TryParse(TrimPlace(date), out _) || WrittenDate.TryParse(TrimPlace(date), out _));

    /// <summary>Returns the year for two digits; null if they are ambiguous and the column of years does not resolve them.</summary>
    public static int? ExpandYear(int digits, int? columnYear) =>
        columnYear is { } year && year % 100 == digits ? year : digits >= FirstUnambiguousShortYear ? 1900 + digits : null;

    /// <summary>Parses a year in a column of years: <c>2015</c> or <c>2015.0</c>.</summary>
    public static bool TryReadYear(ReadOnlySpan<byte> text, out int year)
    {
        text = text.EndsWith(".0"u8) ? text[..^2] : text;
        year = text.Length == 4 ? ParseDigits(text) : -1;
        return year is >= FirstYear and <= LastYear;
    }

    /// <summary>Removes spaces, and <c>00:00:00</c> from the end, which data frames and databases append to dates.</summary>
    public static ReadOnlySpan<byte> TrimTime(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        foreach (var midnight in (ReadOnlySpan<string>)["T00:00:00Z", "T00:00:00", " 00:00:00", " 0:00:00", " 00:00", " 0:00"])
        {
            if (text.Length > midnight.Length && System.Text.Ascii.Equals(text[^midnight.Length..], midnight))
            {
                return text[..^midnight.Length];
            }
        }

        return text;
    }

    /// <summary>Removes a place in parentheses from the end: <c>June 13, 1980 (United States)</c>.</summary>
    private static ReadOnlySpan<byte> TrimPlace(ReadOnlySpan<byte> text) =>
        text[^1] == ')' && text.LastIndexOf((byte)'(') is > 0 and var start ? text[..start].TrimEnd((byte)' ') : text;

    private static ParsedDate Parse(NumericDate numbers, DateOrder? order, int? columnYear)
    {
        if (!numbers.YearFirst && order is null)
        {
            return new(null, null, null, NeedsOrder: true);
        }

        // Databases write 1995-10-00 for a month and 1995-00-00 for a year.
        return numbers is { YearFirst: true, First: >= FirstYear, Second: <= 12, Third: 0 } ? Partial(numbers.First)
            : numbers.Resolve(order, columnYear) is { } date ? new(date, null, Rules.SpreadsheetValue)
            : default;
    }

    private static ParsedDate Parse(WrittenDate written, int? columnYear)
    {
        var year = written.ShortYear ? ExpandYear(written.Year, columnYear) : written.Year;
        return year is not { } known ? default
            : written.Day is not { } day ? Partial(known)
            : NumericDate.TryCreate(known, written.Month, day, out var date) ? new(date, null, Rules.SpreadsheetValue)
            : default;
    }

    private static ParsedDate Partial(int year) => new(null, year, Rules.PartialDate);

    /// <summary>Corrects a date that lies a century after the record's year, because a program expanded <c>66</c> to 2066.</summary>
    private static ParsedDate FixCentury(ParsedDate parsed, int? columnYear) =>
        parsed.Date is not { } date || columnYear is not { } year || date.Year != year + 100 ? parsed
        : NumericDate.TryCreate(year, date.Month, date.Day, out var fixedDate) ? new(fixedDate, null, Rules.SpreadsheetValue)
        : new(null, null, Rules.InvalidDate);

    /// <summary>Parses <c>1995</c>, <c>1995-10</c> and <c>10/1995</c>.</summary>
    private static bool TryReadPartial(ReadOnlySpan<byte> text, out int year)
    {
        if (TryReadYear(text, out year))
        {
            return true;
        }

        var separator = text.IndexOfAny("/-."u8);
        if (separator is not (1 or 2 or 4))
        {
            return false;
        }

        var month = separator == 4 ? text[5..] : text[..separator];
        var years = separator == 4 ? text[..4] : text[(separator + 1)..];
        return month.Length is 1 or 2 && (separator < 4 || month.Length == 2) && ParseDigits(month) is >= 1 and <= 12 && years.Length == 4 && TryReadYear(years, out year);
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
