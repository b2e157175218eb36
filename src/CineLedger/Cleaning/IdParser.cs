using System.Buffers.Text;

namespace CineLedger.Cleaning;

/// <summary>Parses movie and user ids.</summary>
internal static class IdParser
{
    /// <summary>
    /// Parses a whole number above zero. <paramref name="spreadsheet"/> is true for the form <c>862.0</c>. Returns false for anything else, including dates such
    /// as <c>1997-08-20</c>, which occur in shifted or split records.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long id, out bool spreadsheet)
    {
        text = text.Trim(" \t"u8);
        spreadsheet = text.EndsWith(".0"u8);
        if (spreadsheet)
        {
            text = text[..^2];
        }

        return Utf8Parser.TryParse(text, out id, out var length) && length == text.Length && id > 0 && text[0] != '+';
    }
}
