using System.Text;

namespace CineLedger.Cleaning;

/// <summary>Recognizes placeholders that programs write for a missing value, such as <c>NaN</c>, <c>NULL</c> and <c>\N</c>.</summary>
internal static class Placeholder
{
    private const int MaxLength = 10;

    /// <summary>Compared without regard to capitalization.</summary>
    private static readonly string[] Words = ["nan", "null", "none", "n/a", "#n/a", "nat", "undefined", "<na>", "\\n"];

    private static readonly string[] Marks = ["-", "--", "?", "–", "—"];

    /// <summary>Returns true if the whole text stands for a missing value in a field of any kind. A dash or a question mark is not included, because it may be a tagline.</summary>
    public static bool IsText(ReadOnlySpan<byte> text) => MayBeWord(text) && text.Trim(" \t"u8) is { IsEmpty: false } word && IsWord(word);

    /// <summary>Returns true if the whole text stands for a missing name or list of names.</summary>
    public static bool IsName(ReadOnlySpan<byte> text) => MayBeWord(text) && (IsText(text) || IsMark(text.Trim(" \t"u8)));

    /// <summary>Returns false for almost all values, by their lengths and first characters.</summary>
    private static bool MayBeWord(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MaxLength
        && text[0] is (byte)'n' or (byte)'N' or (byte)'#' or (byte)'<' or (byte)'\\' or (byte)'u' or (byte)'U' or (byte)'-' or (byte)'?' or 0xE2 or (byte)' ' or (byte)'\t';

    private static bool IsMark(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'-' or (byte)'?' or 0xE2 && Marks.Contains(Encoding.UTF8.GetString(text), StringComparer.Ordinal);

    /// <summary>Returns true if the whole text stands for a missing number, date or Boolean.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text)
    {
        if (IsName(text))
        {
            return true;
        }

        text = text.Trim(" \t"u8);
        return text.SequenceEqual("0000-00-00"u8) || Ascii.EqualsIgnoreCase(text, "unknown"u8) || Ascii.EqualsIgnoreCase(text, "na"u8);
    }

    /// <summary><c>na</c> is a language code, so only <c>NA</c> in capitals is a placeholder in every column.</summary>
    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        var word = Encoding.UTF8.GetString(text);
        return word == "NA" || Words.Contains(word, StringComparer.OrdinalIgnoreCase);
    }
}
