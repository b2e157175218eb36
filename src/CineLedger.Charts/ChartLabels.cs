using System.Text;

namespace CineLedger.Charts;

/// <summary>Makes names safe to display in an image or a terminal.</summary>
internal static class ChartLabels
{
    /// <summary>
    /// Returns one line without control characters (which can control a terminal and are invalid in XML), without marks that change the direction
    /// of all following text, and without lone surrogates.
    /// </summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF)
            {
                clean.Append(' ');
            }
            else
            {
                clean.Append(rune);
            }
        }

        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text : "(no name)";
    }
}
