using System.Globalization;

namespace CineLedger.Model;

/// <summary>A day, a month or a year, as <c>2006-05-05</c>, <c>2006-05</c> or <c>2006</c>.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
public readonly record struct PartialDate(DateOnly First, DateOnly Last)
{
    /// <summary>The first day of a period without a known beginning.</summary>
    public static readonly DateOnly Earliest = DateOnly.MinValue;

    /// <summary>The last day of a period without an end.</summary>
    public static readonly DateOnly Latest = DateOnly.MaxValue;

    /// <summary>Parses a date. Throws <see cref="FormatException"/> for any other text.</summary>
    public static PartialDate Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not a date");

    /// <summary>Parses a date. Returns null for any other text.</summary>
    public static PartialDate? TryParse(string text)
    {
        if (text.Length == 4 && DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year))
        {
            return new(year, new DateOnly(year.Year, 12, 31));
        }

        if (text.Length == 7 && DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return new(month, month.AddDays(DateTime.DaysInMonth(month.Year, month.Month) - 1));
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day, day) : null;
    }
}
