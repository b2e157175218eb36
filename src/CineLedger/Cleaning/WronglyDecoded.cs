using System.Buffers;
using System.Text;

namespace CineLedger.Cleaning;

/// <summary>
/// Recognizes and reverses text whose UTF-8 was once read as Windows-1252 and written back: <c>CinÃ©ma</c> for <c>Cinéma</c>, <c>â€™</c> for <c>’</c>.
/// </summary>
internal static class WronglyDecoded
{
    /// <summary>The characters of the bytes 0x80 to 0x9F in Windows-1252. Five bytes have none; decoders keep them as control characters.</summary>
    private const string HighCharacters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>The number of times that a text may have been decoded wrongly.</summary>
    private const int MaxRounds = 3;

    private const int ExcerptLength = 60;

    /// <summary>Returns whether a text contains such a sequence.</summary>
    public static bool Contains(ReadOnlySpan<byte> utf8)
    {
        // Each of the first characters (Â to ô) is 0xC3 and another byte in UTF-8.
        for (int at; (at = utf8.IndexOf((byte)0xC3)) >= 0; utf8 = utf8[(at + 1)..])
        {
            if (at + 3 < utf8.Length && utf8[at + 1] is >= 0x82 and <= 0xB4 && Contains(Decode(utf8[at..])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether a text contains such a sequence.</summary>
    public static bool Contains(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAnyInRange('Â', 'ô')) >= 0; text = text[(at + 1)..])
        {
            if (ReadSequence(text[at..], out _) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the possible original texts, the most likely one first.</summary>
    public static IEnumerable<string> GetOriginals(string text)
    {
        var originals = new List<string>();
        for (var i = 0; i < MaxRounds && Contains(text); i++)
        {
            originals.Insert(0, text = Reverse(text));
        }

        return originals;
    }

    /// <summary>Returns the part of a text in which the first such sequence occurs.</summary>
    public static string GetExcerpt(string text)
    {
        var at = 0;
        while (at < text.Length && ReadSequence(text.AsSpan(at), out _) == 0)
        {
            at++;
        }

        var start = Math.Max(0, Math.Min(at - (ExcerptLength / 2), text.Length - ExcerptLength));
        return text.Length <= ExcerptLength ? text : $"{(start > 0 ? "…" : "")}{text.AsSpan(start, ExcerptLength)}{(start + ExcerptLength < text.Length ? "…" : "")}";
    }

    private static string Reverse(string text)
    {
        var original = new StringBuilder(text.Length);
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = ReadSequence(text.AsSpan(at), out var rune);
            if (length > 0)
            {
                original.Append(rune.ToString());
            }
            else
            {
                original.Append(text[at]);
                length = 1;
            }
        }

        return original.ToString();
    }

    /// <summary>Reads characters that are the bytes of one UTF-8 sequence. Returns their number; 0 if the text does not begin with such a sequence.</summary>
    private static int ReadSequence(ReadOnlySpan<char> text, out Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var length = 0;
        while (length < 4 && length < text.Length && ToByte(text[length]) is >= 0x80 and var value)
        {
            bytes[length++] = (byte)value;
        }

        return IsLead(bytes[..length]) && Rune.DecodeFromUtf8(bytes[..length], out rune, out var used) == OperationStatus.Done && used > 1 ? used : NoSequence(out rune);
    }

    private static int NoSequence(out Rune rune)
    {
        rune = default;
        return 0;
    }

    /// <summary>
    /// Returns whether the first character begins sequences in texts of movies. <c>É</c> and its neighbors would begin phonetic letters, and a capital before a
    /// quotation mark ends a word (<c>CAFÉ’</c>).
    /// </summary>
    private static bool IsLead(ReadOnlySpan<byte> bytes) => bytes is [0xC2 or 0xC3 or (>= 0xE0 and <= 0xF4), _, ..]
        || bytes is [0xC4 or 0xC5 or (>= 0xCE and <= 0xD1) or (>= 0xD7 and <= 0xD9), not (>= 0x91 and <= 0x94), ..];

    /// <summary>Returns the byte of a character in Windows-1252; −1 if it has none.</summary>
    private static int ToByte(char character) => character switch
    {
        < '\u0080' or (>= '\u00A0' and <= 'ÿ') => character,
        _ => HighCharacters.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? 0x80 + at : -1,
    };

    /// <summary>Decodes the first characters of a text, enough for one sequence.</summary>
    private static string Decode(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 12)]);
}
