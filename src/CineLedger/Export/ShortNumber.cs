using System.Globalization;

namespace CineLedger.Export;

/// <summary>Formats numbers for readers in few characters, with three significant digits: on charts, in sentences and on pages.</summary>
public static class ShortNumber
{
    private const char Minus = '−';

    private static readonly (double Unit, string Word)[] Scales = [(1e12, " tn"), (1e9, " bn"), (1e6, " m")];

    /// <summary>Formats a number: <c>100 m</c>, <c>1.5 bn</c>, <c>12,000</c>, <c>7.25</c>.</summary>
    public static string Format(double value) => AddSign(value, FormatSize(Math.Abs(value)));

    /// <summary>Formats an amount in dollars on an axis: <c>$1.03 bn</c>, <c>−$80.4 m</c>, <c>$1 m</c>.</summary>
    public static string FormatDollars(double value) => AddSign(value, "$" + FormatSize(Math.Abs(value)));

    /// <summary>Formats the size of an amount in a table or a sentence, where trailing zeros show its precision: <c>1.00 m</c>, <c>12,000</c>.</summary>
    public static string FormatPadded(double size) => size >= 1e6 ? FormatScaled(size, "N2", "N1") : size.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a share, of which 1 is 100 %: <c>12.5 %</c>.</summary>
    public static string FormatPercent(double share) => AddSign(share, FormatSignificant(Math.Abs(share) * 100, "0.##", "0.#") + " %");

    private static string FormatSize(double size) => size switch
    {
        >= 1e6 => FormatScaled(size, "0.##", "0.#"),
        >= 1_000 => size.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => size.ToString("0.#", CultureInfo.InvariantCulture),
        _ => size.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>Formats three significant digits. Rounding to them may lead to the next unit: 999.6 million are 1 bn.</summary>
    private static string FormatScaled(double size, string two, string one)
    {
        var digit = Math.Pow(10, Math.Floor(Math.Log10(size)) - 2);
        var rounded = Math.Round(size / digit, MidpointRounding.AwayFromZero) * digit;
        var (unit, word) = Array.Find(Scales, scale => rounded >= scale.Unit);
        return FormatSignificant(rounded / unit, two, one) + word;
    }

    private static string FormatSignificant(double size, string two, string one) =>
        size.ToString(size switch { >= 99.95 => "N0", >= 9.995 => one, _ => two }, CultureInfo.InvariantCulture);

    private static string AddSign(double value, string text) => value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? Minus + text : text;
}
