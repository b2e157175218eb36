using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>Truth values: <c>True</c> and <c>False</c>, and the capitals that a spreadsheet writes.</summary>
internal static class BooleanParser
{
    /// <summary>
    /// Reads a truth value, null where the text is empty. A finding's rule comes back where there is one: <c>spreadsheet-value</c> for
    /// another spelling of the word, <c>invalid-boolean</c> for another word.
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

        return Rules.InvalidBoolean;
    }
}
