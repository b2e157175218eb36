using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>Parses <c>True</c> and <c>False</c>, in any capitalization because spreadsheets change it, and the words that databases write instead.</summary>
internal static class BooleanParser
{
    /// <summary>
    /// Parses a Boolean; <paramref name="value"/> is null if the text is empty. Returns the rule of the finding, or null if there is none:
    /// <c>spreadsheet-value</c> for different capitalization or another notation (<c>1</c>, <c>yes</c>), <c>invalid-boolean</c> for another word.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text, out bool? value)
    {
        value = null;
        if (text.SequenceEqual("False"u8))
        {
            value = false;
            return null;
        }

        if (text.SequenceEqual("True"u8))
        {
            value = true;
            return null;
        }

        text = text.Trim(" \t"u8);
        if (text.IsEmpty)
        {
            return null;
        }

        if (System.Text.Ascii.EqualsIgnoreCase(text, "false"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "true"u8))
        {
            value = text.Length == 4;
            return Rules.SpreadsheetValue;
        }

        value = IsOneOf(text, ["1", "1.0", "yes", "y", "t"]) ? true : IsOneOf(text, ["0", "0.0", "no", "n", "f"]) ? false : null;
        return value is null ? Rules.InvalidBoolean : Rules.SpreadsheetValue;
    }

    /// <summary>Returns whether a text is a Boolean in any notation.</summary>
    public static bool IsBoolean(ReadOnlySpan<byte> text) => text.Length <= 5 && Parse(text, out var value) != Rules.InvalidBoolean && value is not null;

    private static bool IsOneOf(ReadOnlySpan<byte> text, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
