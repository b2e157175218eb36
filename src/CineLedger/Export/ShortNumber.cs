using System.Globalization;

namespace CineLedger.Export;

/// <summary>Formats numbers for readers in few characters, with three significant digits: on charts, in sentences and on pages.</summary>
public static class ShortNumber
{
    private const char Minus = '−';

    private static readonly (double From, double Unit, string Word)[] Scales = [(999.5e9, 1e12, " tn"), (999.5e6, 1e9, " bn"), (999.5e3, 1e6, " m")];

    /// <summary>Formats a number: <c>100 m</c>, <c>1.5 bn</c>, <c>12,000</c>, <c>7.25</c>.</summary>
    public static string Format(double value) => AddSign(value, FormatSize(Math.Abs(value)));

    /// <summary>Formats an amount in dollars: <c>$1.03 bn</c>, <c>−$80.4 m</c>, <c>$12,000</c>.</summary>
    public static string FormatDollars(double value) => AddSign(value, "$" + FormatSize(Math.Abs(value)));

    /// <summary>Formats a share, of which 1 is 100 %: <c>12.5 %</c>.</summary>
    public static string FormatPercent(double share) => AddSign(share, FormatSignificant(Math.Abs(share) * 100) + " %");

    private static string FormatSize(double size)
    {
        foreach (var (from, unit, word) in Scales)
        {
            if (size >= from)
            {
                return FormatSignificant(size / unit) + word;
            }
        }

        return size switch
        {
            >= 1_000 => size.ToString("N0", CultureInfo.InvariantCulture),
            >= 10 => size.ToString("0.#", CultureInfo.InvariantCulture),
            _ => size.ToString("0.###", CultureInfo.InvariantCulture),
        };
    }

    private static string FormatSignificant(double size) => size.ToString(size switch { >= 99.95 => "N0", >= 9.995 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);

    private static string AddSign(double value, string text) => value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? Minus + text : text;
}
