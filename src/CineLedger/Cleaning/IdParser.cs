using System.Buffers.Text;

namespace CineLedger.Cleaning;

/// <summary>Parses movie and user ids.</summary>
internal static class IdParser
{
    /// <summary>
    /// Parses a whole number above zero. <paramref name="spreadsheet"/> is true for the forms <c>862.0</c> and <c>862.00</c>. Returns false for anything else, including dates such
    /// as <c>1997-08-20</c>, which occur in shifted or split records.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long id, out bool spreadsheet)
    {
        text = text.Trim(" \t"u8);
        var point = text.EndsWith(".0"u8) ? text.Length - 2 : text.EndsWith(".00"u8) ? text.Length - 3 : -1;
        spreadsheet = point >= 0;
        if (spreadsheet)
        {
            text = text[..point];
        }

        return Utf8Parser.TryParse(text, out id, out var length) && length == text.Length && id > 0 && text[0] != '+';
    }
}
