using System.Buffers;
using System.Globalization;
using System.Text;

namespace CineLedger.Samples;

/// <summary>Formats text like Python's repr(): the lists of the dataset are Python literals, not JSON.</summary>
internal static class PythonRepr
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c is not '\'' and not '\\').Select(c => (byte)c)]);

    /// <summary>Appends a literal in single quotes, or in double quotes if the text contains an apostrophe and no double quote.</summary>
    public static void AddLiteral(this Utf8Buffer buffer, ReadOnlySpan<byte> text)
    {
        bool apostrophe = text.Contains((byte)'\'');
        byte quote = apostrophe && !text.Contains((byte)'"') ? (byte)'"' : (byte)'\'';
        buffer.Add(quote);
        if (text.IndexOfAnyExcept(Plain) < 0)
        {
            buffer.Add(text);
        }
        else
        {
            AddEscaped(buffer, text, quote);
        }

        buffer.Add(quote);
    }

    private static void AddEscaped(Utf8Buffer buffer, ReadOnlySpan<byte> text, byte quote)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out int length);
            if (rune.Value == '\\' || rune.Value == quote)
            {
                buffer.Add((byte)'\\');
                buffer.Add(text[..length]);
            }
            else if (rune.Value is '\n' or '\r' or '\t')
            {
                buffer.Add(rune.Value switch { '\n' => "\\n"u8, '\r' => "\\r"u8, _ => "\\t"u8 });
            }
            else if (IsPrintable(rune))
            {
                buffer.Add(text[..length]);
            }
            else
            {
                AddCode(buffer, rune.Value);
            }

            text = text[length..];
        }
    }

    // Like str.isprintable(): all characters except the categories "Other" and "Separator", plus the space.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void AddCode(Utf8Buffer buffer, int code)
    {
        var (letter, digits) = code switch { < 0x100 => ('x', 2), < 0x10000 => ('u', 4), _ => ('U', 8) };
        buffer.Add((byte)'\\');
        buffer.Add((byte)letter);
        while (digits-- > 0)
        {
            buffer.Add((byte)"0123456789abcdef"[(code >> (digits * 4)) & 15]);
        }
    }
}
