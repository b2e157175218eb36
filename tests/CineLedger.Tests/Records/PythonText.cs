using System.Globalization;
using System.Text;

namespace CineLedger.Tests.Records;

/// <summary>Writes values of a <see cref="LiteralTree"/> as Python's repr() does.</summary>
internal static class PythonText
{
    public static string Repr(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0",
        string text => Repr(text),
        object?[] list => $"[{string.Join(", ", list.Select(Repr))}]",
        KeyValuePair<string, object?>[] dict => $"{{{string.Join(", ", dict.Select(pair => $"{Repr(pair.Key)}: {Repr(pair.Value)}"))}}}",
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    /// <summary>Uses single quotes, or double quotes if the text contains an apostrophe but no double quote.</summary>
    public static string Repr(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var repr = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            repr.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                var code when code == quote => $"\\{quote}",
                < ' ' or (>= 0x7F and < 0xA1) or 0xAD => $"\\x{rune.Value:x2}",
                _ when IsPrintable(rune) => rune.ToString(),
                < 0x10000 => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        }

        return repr.Append(quote).ToString();
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
