using System.Text;

namespace CineLedger.Charts;

/// <summary>Names as a picture or a terminal may show them.</summary>
internal static class ChartLabels
{
    /// <summary>
    /// One line without control characters (which move a terminal's cursor, and XML cannot hold), without marks that turn the direction
    /// of all text after them, and without halves of characters.
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
