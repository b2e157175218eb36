using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>How the values of a field are written.</summary>
public enum ValueForm
{
    Text,

    /// <summary>A whole number; amounts may end in k, M or B.</summary>
    Whole,

    /// <summary>A number with decimal places.</summary>
    Decimal,

    /// <summary>1 to 9999.</summary>
    Year,

    /// <summary>The first year: 1990 or 1990s.</summary>
    Decade,

    /// <summary>2015-Q3.</summary>
    Quarter,

    /// <summary>2015-07.</summary>
    Month,

    /// <summary>1 to 12.</summary>
    MonthOfYear,

    /// <summary>Monday to Sunday, or 1 to 7.</summary>
    Weekday,

    /// <summary>yes or no.</summary>
    YesNo,

    /// <summary>2015-07-31.</summary>
    Date,
}

/// <summary>Parses filter values into the keys that the SQL compares.</summary>
internal static class FilterValues
{
    /// <summary>Returns the key: text, a number or a date. Throws <see cref="UsageException"/> when the text is not a valid value.</summary>
    public static object Parse(ValueForm form, string field, string text)
    {
        object? value = form switch
        {
            ValueForm.Text => text,
            ValueForm.Year => ParseNumber(text, 1, 9999),
            ValueForm.Decade => ParseNumber(text.TrimEnd('s'), 1, 9999) is { } decade && decade % 10 == 0 ? decade : null,
            ValueForm.Quarter => ParsePartOfYear(text, "-Q", 4),
            ValueForm.Month => ParsePartOfYear(text, "-", 12),
            ValueForm.MonthOfYear => ParseNumber(text, 1, 12),
            ValueForm.Weekday => ParseNumber(text, 1, 7) ?? FindWeekday(text),
            ValueForm.YesNo => text is "yes" or "no" ? text : null,
            ValueForm.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            ValueForm.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            _ => ParseAmount(text),
        };
        return value ?? throw new UsageException($"--where: '{text}' is not a valid {GetExample(form, field)}.");
    }

    private static string GetExample(ValueForm form, string field) => form switch
    {
        ValueForm.Year => "year; use a year such as 1995",
        ValueForm.Decade => "decade; use its first year, such as 1990",
        ValueForm.Quarter => "quarter; use a quarter such as 2015-Q3",
        ValueForm.Month => "month; use a month such as 2015-07",
        ValueForm.MonthOfYear => "month of the year; use 1 to 12",
        ValueForm.Weekday => "day of the week; use a name such as Friday, or 1 (Monday) to 7",
        ValueForm.YesNo => $"{field}; use yes or no",
        ValueForm.Date => "date; use a date such as 2015-07-31",
        _ => $"{field}; use a number such as {(form == ValueForm.Decimal ? "7.5" : "1000000, 250k, 1.5M or 2B")}",
    };

    private static int? FindWeekday(string text) =>
        Dimensions.Weekdays.Select((name, i) => (name, i)).Where(day => day.name.Equals(text, StringComparison.OrdinalIgnoreCase)).Select(day => (int?)day.i + 1).FirstOrDefault();

    private static int? ParseNumber(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;

    /// <summary>Numbers quarters and months consecutively across years.</summary>
    private static int? ParsePartOfYear(string text, string separator, int parts)
    {
        var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
        return at > 0 && ParseNumber(text[..at], 1, 9999) is { } year && ParseNumber(text[(at + separator.Length)..], 1, parts) is { } part
            ? (year * parts) + part - 1
            : null;
    }

    private static long? ParseAmount(string text)
    {
        var factor = text.Length == 0 ? 1 : text[^1] switch { 'k' or 'K' => 1e3m, 'm' or 'M' => 1e6m, 'b' or 'B' => 1e9m, _ => 1 };
        return decimal.TryParse(
                factor == 1 ? text : text[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= 1e15m && decimal.IsInteger(number * factor)
            ? (long)(number * factor)
            : null;
    }
}
