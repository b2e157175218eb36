using System.Buffers;
using System.Globalization;
using System.Text;

namespace CineLedger.Export;

/// <summary>Converts text to what an Excel cell can hold.</summary>
internal static class XlsxText
{
    /// <summary>The maximum number of UTF-16 units in an Excel cell.</summary>
    public const int MaxTextLength = 32_767;

    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '_', '\uFFFE', '\uFFFF']);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Returns the letters of a column: A for 0, AA for 26.</summary>
    public static string GetColumnLetters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : GetColumnLetters((column / 26) - 1) + (char)('A' + (column % 26));

    /// <summary>Returns whether a spreadsheet would treat a text as a formula when its cell is edited.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@';

    /// <summary>
    /// Escapes characters that XML cannot hold as <c>_x0007_</c>, as Excel does (ECMA-376, 22.9.2.19), and the underscore of text that already looks
    /// escaped. Text that is too long is truncated with an ellipsis.
    /// </summary>
    public static string ToCell(string text, out bool isCut)
    {
        isCut = text.Length > MaxTextLength;
        if (isCut)
        {
            var end = char.IsHighSurrogate(text[MaxTextLength - 2]) ? MaxTextLength - 2 : MaxTextLength - 1;
            text = string.Concat(text.AsSpan(0, end), "…");
        }

        return text.AsSpan().ContainsAny(Special) ? Escape(text) : text;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '\t' or '\n' => escaped.Append(text[i]),
                '_' => escaped.Append(LooksEscaped(text.AsSpan(i)) ? "_x005F_" : "_"),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_"),
                _ => escaped.Append(text[i]),
            };
        }

        return escaped.ToString();
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);
}
