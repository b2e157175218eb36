using System.Globalization;
using System.Text;

namespace CineLedger.Charts;

/// <summary>Measures and fits text in terminal cells.</summary>
internal static class TerminalCells
{
    /// <summary>Returns the width of a text in cells: Chinese, Japanese and Korean characters and pictographs take two, combining marks none.</summary>
    public static int GetWidth(string text) => text.EnumerateRunes().Sum(GetWidth);

    /// <summary>Returns the text in exactly this many cells, padded with spaces or cut with an ellipsis.</summary>
    public static string FitToWidth(string text, int width, bool ascii)
    {
        var all = GetWidth(text);
        if (all <= width)
        {
            return text + new string(' ', width - all);
        }

        var ellipsis = ascii ? "..." : "…";
        var (used, cut) = (0, new StringBuilder());
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + GetWidth(rune) > width - ellipsis.Length)
            {
                break;
            }

            used += GetWidth(rune);
            cut.Append(rune);
        }

        return cut + ellipsis + new string(' ', width - ellipsis.Length - used);
    }

    /// <summary>Replaces dashes, dots and quotes by their ASCII equivalents, and other non-ASCII characters by a question mark.</summary>
    public static string ToAscii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(rune.Value switch { < 128 => (char)rune.Value, 0x2013 or 0x2014 or 0xB7 => '-', 0x2026 => '.', 0x2018 or 0x2019 => '\'', _ => '?' });
        }

        return plain.ToString();
    }

    private static int GetWidth(Rune rune) => rune.Value switch
    {
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 => 2,
        _ => 1,
    };
}
