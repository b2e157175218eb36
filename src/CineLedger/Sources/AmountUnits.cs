using System.Text.RegularExpressions;

namespace CineLedger.Sources;

/// <summary>The units of amounts: after a number (<c>$12.5M</c>), or in the name of a column (<c>Revenue (Millions)</c>).</summary>
internal static partial class AmountUnits
{
    private static readonly Dictionary<string, int> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["k"] = 1_000, ["thousand"] = 1_000, ["thousands"] = 1_000,
        ["m"] = 1_000_000, ["mm"] = 1_000_000, ["mn"] = 1_000_000, ["mil"] = 1_000_000, ["mil."] = 1_000_000, ["mill"] = 1_000_000, ["mio"] = 1_000_000,
        ["mln"] = 1_000_000, ["million"] = 1_000_000, ["millions"] = 1_000_000,
        ["b"] = 1_000_000_000, ["bn"] = 1_000_000_000, ["bil"] = 1_000_000_000, ["billion"] = 1_000_000_000, ["billions"] = 1_000_000_000,
    };

    /// <summary>Returns the number of dollars in a unit; null if the text is none.</summary>
    public static int? Find(string text) => Units.TryGetValue(text, out var dollars) ? dollars : null;

    /// <summary>
    /// Splits a column's name such as <c>Budget ($ millions)</c> or <c>budget_in_millions</c>. Any other name, even one with another currency, is returned unchanged.
    /// </summary>
    /// <param name="header">The name in the header.</param>
    /// <param name="dollars">The number of dollars in the column's unit; 1 if the name has no unit.</param>
    public static string SplitColumnName(string header, out int dollars)
    {
        dollars = 1;
        var match = AmountColumn().Match(header.Trim());
        if (!match.Success)
        {
            return header;
        }

        var unit = match.Groups["unit"].Value;
        dollars = unit.Length == 0 ? 1 : Find(unit) ?? 1;
        return match.Groups["name"].Value;
    }

    [GeneratedRegex(
        @"^(?<name>budget|revenue)[\s_]*(\(|\[|(?<=[\s_]))\s*(in[\s_]+)?((US[\s_]*)?\$|USD|US dollars|dollars)?[\s_,]*(?<unit>thousands?|millions?|mil\.?|mill|mn|mln|mm|m|k|billions?|bn)?[\s_,]*((of[\s_]+)?((US[\s_]*)?\$|USD|US dollars|dollars))?\s*(\)|\])?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmountColumn();
}
