using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Recognizes texts that were read with a wrong encoding or from a wrong place.</summary>
internal static class BrokenText
{
    /// <summary>Returns whether a known text begins with a space.</summary>
    public static bool BeginsWithBlank(MovieText text) => GetUtf8(text) is [(byte)' ', ..];

    /// <summary>
    /// Returns whether a known text is UTF-8 that was read as Latin-1 or Windows-1252 (<c>Ã©</c>, <c>â€™</c>), or has the replacement character, or a question
    /// mark inside a word, which some programs write in place of letters that they cannot represent.
    /// </summary>
    public static bool IsBroken(MovieText text)
    {
        var utf8 = GetUtf8(text);
        return HasQuestionMarkInWord(utf8)
            || (!Ascii.IsValid(utf8) && ((utf8.IndexOf("Ã"u8) is >= 0 and var at && at + 2 < utf8.Length) || utf8.IndexOf("â€"u8) >= 0 || utf8.IndexOf("\uFFFD"u8) >= 0));
    }

    private static bool HasQuestionMarkInWord(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 2 && utf8[1..^1].Contains((byte)'?') && utf8.IndexOf("? "u8) < 0;

    private static ReadOnlySpan<byte> GetUtf8(MovieText text) => text.TryGetUtf8(out var utf8) ? utf8 : Encoding.UTF8.GetBytes(text.Text!);
}
