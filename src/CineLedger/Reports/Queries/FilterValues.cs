using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Parses filter values into the keys that the SQL compares.</summary>
internal static partial class FilterValues
{
    /// <summary>The first year that conditions accept. The oldest movies are of the 1870s; an earlier year is a mistake such as 95.</summary>
    public const int FirstYear = 1870;

    /// <summary>The least number of letters of an abbreviated month or day of the week.</summary>
    private const int MinLetters = 3;

    /// <summary>Returns the key: text, a number or a date. Throws <see cref="UsageException"/> when the text is not a valid value.</summary>
    public static object Parse(ValueForm form, string field, string text) =>
        TryParse(form, text) ?? throw new UsageException($"--where: '{text}' is not a valid {GetExample(form, field)}.");

    /// <summary>Returns the key, or null when the text is not a valid value.</summary>
    public static object? TryParse(ValueForm form, string text) => form switch
    {
        ValueForm.Text => text,
        ValueForm.Year => ParseYear(text),
        ValueForm.Decade => ParseYear(text.TrimEnd('s')) is { } decade && decade % 10 == 0 ? decade : null,
        ValueForm.Quarter => ParsePartOfYear(text, "-Q", 4),
        ValueForm.Month => ParsePartOfYear(text, "-", 12),
        ValueForm.MonthOfYear => ParseNumber(text, 1, 12) ?? FindName(text, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames),
        ValueForm.Weekday => ParseNumber(text, 1, 7) ?? FindName(text, Dimensions.Weekdays),
        ValueForm.YesNo => text.ToLowerInvariant() is "yes" or "no" ? text.ToLowerInvariant() : null,
        ValueForm.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= FirstYear ? day : null,
        ValueForm.Decimal => ParseDecimal(text),
        _ => ParseAmount(text),
    };

    private static string GetExample(ValueForm form, string field) => form switch
    {
        ValueForm.Year => FormattableString.Invariant($"year; use a year from {FirstYear}, such as 1995, or a range such as 1995..1999"),
        ValueForm.Decade => FormattableString.Invariant($"decade; use its first year from {FirstYear}, such as 1990"),
        ValueForm.Quarter => "quarter; use a quarter such as 2015-Q3",
        ValueForm.Month => "month; use a month such as 2015-07, or month_of_year=July for July of every year",
        ValueForm.MonthOfYear => "month of the year; use a name such as December, or 1 to 12",
        ValueForm.Weekday => "day of the week; use a name such as Friday, or 1 (Monday) to 7",
        ValueForm.YesNo => $"{field}; use yes or no",
        ValueForm.Date => "date; use a date such as 2015-07-31",
        _ => $"{field}; use a number such as {(form == ValueForm.Decimal ? "7.5" : "1000000, 250k, 1.5M, 2B or 100 million")}",
    };

    /// <summary>Returns the place, from 1, of the only name that begins with the text; null if there is none or the text is too short.</summary>
    private static int? FindName(string text, IReadOnlyList<string> names)
    {
        var start = text.TrimEnd('.');
        var places = start.Length < MinLetters ? [] : Enumerable.Range(0, names.Count).Where(place => names[place].StartsWith(start, StringComparison.OrdinalIgnoreCase)).ToList();
        return places is [var only] ? only + 1 : null;
    }

    private static int? ParseYear(string text) => ParseNumber(text, FirstYear, 9999);

    private static int? ParseNumber(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;

    private static decimal? ParseDecimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Numbers quarters and months consecutively across years.</summary>
    private static int? ParsePartOfYear(string text, string separator, int parts)
    {
        var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
        return at > 0 && ParseYear(text[..at]) is { } year && ParseNumber(text[(at + separator.Length)..], 1, parts) is { } part
            ? (year * parts) + part - 1
            : null;
    }

    private static long? ParseAmount(string text)
    {
        if (AmountPattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var factor = match.Groups["unit"].Value.ToLowerInvariant() switch { "" => 1m, ['k' or 't', ..] => 1e3m, ['m', ..] => 1e6m, _ => 1e9m };
        return ParseDecimal(match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal)) is { } number
            && Math.Abs(number) <= 1e15m && decimal.IsInteger(number * factor)
            ? (long)(number * factor)
            : null;
    }

    /// <summary>Commas separate groups of three digits.</summary>
    [GeneratedRegex(
        @"^\$?(?<number>[+-]?(\d*\.?\d+|\d+\.|\d{1,3}(,\d{3})+(\.\d*)?))\s*(?<unit>k|thousand|m|mn|mil|millions?|b|bn|billions?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AmountPattern();
}
