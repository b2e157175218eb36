using System.Text;

namespace CineLedger.Cleaning;

/// <summary>Recognizes words that programs write in place of a missing value, such as <c>NaN</c>, <c>NULL</c> and <c>\N</c>.</summary>
internal static class Placeholder
{
    private const int MaxLength = 10;

    /// <summary>Compared without regard to capitalization.</summary>
    private static readonly string[] Words = ["nan", "null", "none", "n/a", "#n/a", "nat", "undefined", "<na>", "\\n", "-", "--", "?", "–", "—"];

    /// <summary>Returns true if the whole text stands for a missing value in a field of any kind.</summary>
    public static bool IsText(ReadOnlySpan<byte> text)
    {
        // Most texts are long, so that this test decides for them.
        if (text.Length > MaxLength)
        {
            return false;
        }

        text = text.Trim(" \t"u8);
        return !text.IsEmpty && text[0] is (byte)'n' or (byte)'N' or (byte)'#' or (byte)'<' or (byte)'\\' or (byte)'-' or (byte)'?' or (byte)'u' or (byte)'U' or 0xE2
            && IsWord(text);
    }

    /// <summary>Returns true if the whole text stands for a missing number, date or Boolean.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text)
    {
        if (IsText(text))
        {
            return true;
        }

        text = text.Trim(" \t"u8);
        return text.SequenceEqual("0000-00-00"u8) || Ascii.EqualsIgnoreCase(text, "unknown"u8) || Ascii.EqualsIgnoreCase(text, "na"u8);
    }

    /// <summary>A language code may be <c>na</c>, so that only capitals are a placeholder everywhere.</summary>
    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        var word = Encoding.UTF8.GetString(text);
        return word == "NA" || Words.Contains(word, StringComparer.OrdinalIgnoreCase);
    }
}
