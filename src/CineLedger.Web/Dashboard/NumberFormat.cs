using System.Globalization;
using CineLedger.Export;

namespace CineLedger.Web.Dashboard;

/// <summary>The kind of a value, which decides how it is formatted.</summary>
public enum Unit
{
    Text,

    /// <summary>A number without digit grouping.</summary>
    Year,
    Count,

    /// <summary>US dollars.</summary>
    Money,

    /// <summary>A mean, a rating or a popularity.</summary>
    Measure,

    /// <summary>1.5 is 150 %.</summary>
    Percent,
}

/// <summary>Formats numbers for readers: short, with a fitting unit, or exact.</summary>
public static class NumberFormat
{
    public const string Unknown = "–";
    private const char Minus = '−';

    /// <summary>Keeps a number and its unit on one line.</summary>
    private const char NoBreakSpace = '\u00A0';

    private static readonly string[] SmallCounts = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Formats a value as <c>$374 m</c> or <c>−$1.24 bn</c>, with three significant digits and a no-break space; null becomes a dash.</summary>
    public static string FormatShort(object? value, Unit unit) => Format(value, unit, exact: false);

    /// <summary>Formats a change, with a sign unless it is 0: <c>+$373.6 m</c>.</summary>
    public static string FormatChange(double change, Unit unit) => (change > 0 ? "+" : "") + FormatShort(change, unit);

    /// <summary>Formats a value as <c>$373,554,033</c>; null becomes a dash.</summary>
    public static string FormatExact(object? value, Unit unit) => Format(value, unit, exact: true);

    /// <summary>Formats a value for programs, as plain digits; null stays null.</summary>
    public static string? FormatPlain(object? value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value as string;

    public static bool IsNegative(object? value) => value is not (null or string) && Convert.ToDouble(value, CultureInfo.InvariantCulture) < 0;

    /// <summary>Returns <paramref name="part"/> as a share of <paramref name="whole"/>; null when the whole is 0.</summary>
    public static double? GetPercent(long part, long whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>Formats a count for a sentence: up to nine as a word.</summary>
    public static string FormatSmallCount(int count) => count is >= 0 and < 10 ? SmallCounts[count] : FormatShort(count, Unit.Count);

    private static string Format(object? value, Unit unit, bool exact)
    {
        if (value is null or string)
        {
            return value as string is { Length: > 0 } text ? text : Unknown;
        }

        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var size = Math.Abs(number);
        var written = unit switch
        {
            Unit.Year => size.ToString("0", CultureInfo.InvariantCulture),
            Unit.Money => exact ? "$" + FormatExactDollars(value, size) : "$" + ShortNumber.FormatPadded(size),
            Unit.Measure => size.ToString(exact ? "#,0.######" : size >= 1_000 ? "N0" : "N2", CultureInfo.InvariantCulture),
            Unit.Percent => (size * 100).ToString(exact ? "#,0.####" : size >= 10 ? "N0" : "N1", CultureInfo.InvariantCulture) + " %",
            _ => size.ToString("N0", CultureInfo.InvariantCulture),
        };
        written = written.Replace(' ', NoBreakSpace);
        return number < 0 ? Minus + written : written;
    }

    private static string FormatExactDollars(object value, double size) =>
        value is long whole ? Math.Abs((decimal)whole).ToString("N0", CultureInfo.InvariantCulture) : size.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Formats a number of movies; one has the singular.</summary>
    public static string FormatMovieCount(long movies) => FormatCount(movies, "movie", "movies");

    /// <summary>Formats a number with its noun; one has the singular.</summary>
    public static string FormatCount(long count, string singular, string plural) => FormattableString.Invariant($"{count:N0} {(count == 1 ? singular : plural)}");
}
