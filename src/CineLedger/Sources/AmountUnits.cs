using System.Text.RegularExpressions;

namespace CineLedger.Sources;

/// <summary>The units of amounts: after a number (<c>$12.5M</c>), or in the name of a column (<c>Revenue (Millions)</c>).</summary>
internal static partial class AmountUnits
{
    private static readonly (int Dollars, string[] Names)[] Units =
    [
        (1_000, ["k", "thousand", "thousands"]),
        (1_000_000, ["m", "mm", "mn", "mil", "mil.", "mill", "mio", "mln", "million", "millions"]),
        (1_000_000_000, ["b", "bn", "bil", "billion", "billions"]),
    ];

    /// <summary>Returns the number of dollars in a unit; null if the text is not a unit.</summary>
    public static int? Find(string text)
    {
        foreach (var (dollars, names) in Units)
        {
            if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                return dollars;
            }
        }

        return null;
    }

    /// <summary>
    /// Splits a column's name such as <c>Budget ($ millions)</c> or <c>budget_in_millions</c>. Any other name, even one with another currency, is returned unchanged.
    /// </summary>
    /// <param name="header">The name in the header.</param>
    /// <param name="dollars">The number of dollars in the column's unit; 1 if the name has no unit.</param>
    public static string SplitColumnName(string header, out int dollars)
    {
        dollars = 1;

        // The dataset's own names skip the regular expression, which takes milliseconds to compile at startup.
        if (header is "budget" or "revenue" || !(Contains("budget") || Contains("revenue")))
        {
            return header;
        }

        var match = AmountColumn().Match(header.Trim());
        if (!match.Success)
        {
            return header;
        }

        var unit = match.Groups["unit"].Value;
        dollars = unit.Length == 0 ? 1 : Find(unit) ?? 1;
        return match.Groups["name"].Value;

        bool Contains(string name) => header.Contains(name, StringComparison.OrdinalIgnoreCase);
    }

    private const string Dollars = @"((US[\s_]*)?\$|USD|US dollars|dollars)?[\s_,]*";

    [GeneratedRegex(
        @"^(?<name>budget|revenue)[\s_]*(\(|\[|(?<=[\s_]))\s*(in[\s_]+)?" + Dollars
        + @"(?<unit>thousands?|millions?|mil\.?|mill|mn|mln|mm|m|k|billions?|bn)?[\s_,]*(of[\s_]+)?" + Dollars + @"(\)|\])?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmountColumn();
}
