using System.Buffers.Text;

namespace CineLedger.Cleaning;

/// <summary>TMDB's number of a movie.</summary>
internal static class IdParser
{
    /// <summary>
    /// Reads a whole number above zero. <paramref name="spreadsheet"/> is true where it came as <c>862.0</c>. False for anything else,
    /// a date such as <c>1997-08-20</c> among them: then the record is shifted or broken.
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
