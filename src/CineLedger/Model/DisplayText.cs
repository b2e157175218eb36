using System.Buffers;

namespace CineLedger.Model;

/// <summary>
/// Texts of a dataset on their way to a person: a terminal obeys escape sequences, and marks of direction make a text look like another one. Both are replaced.
/// </summary>
public static class DisplayText
{
    private const char Replacement = '·';

    /// <summary>C0, DEL and C1 controls, line and paragraph separators, and the marks, embeddings, overrides and isolates of bidirectional text.</summary>
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
            '\u061C', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069',
        ]);

    /// <summary>Replaces every control character, including line breaks, with a middle dot.</summary>
    public static string RemoveControls(string text) => text.AsSpan().ContainsAny(Unsafe)
        ? string.Create(text.Length, text, static (target, source) => source.AsSpan().ReplaceAny(target, Unsafe, Replacement))
        : text;

    /// <summary>Puts a text on one line: line breaks and tabs become spaces, other control characters middle dots.</summary>
    public static string ToOneLine(string text) => RemoveControls(
        text.AsSpan().ContainsAny('\r', '\n', '\t') ? string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)) : text);

    /// <summary>Formats a number with its noun: <c>1 movie</c>, <c>1,234 movies</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">The singular.</param>
    /// <param name="plural">The plural, if it does not only add an s.</param>
    public static string Count(long number, string noun, string? plural = null) => FormattableString.Invariant($"{number:N0} {(number == 1 ? noun : plural ?? $"{noun}s")}");
}
