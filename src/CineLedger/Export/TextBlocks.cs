using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Formats rows for a terminal that is too narrow for their table: each row is a block with a line per column.</summary>
internal static class TextBlocks
{
    private const string Gap = "  ";
    private const int MinValueWidth = 10;

    /// <summary>Returns the lines; those of a long value are broken between words.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The formatted cells.</param>
    /// <param name="width">The maximum length of a line.</param>
    public static IEnumerable<string> Format(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows, int width)
    {
        var maxLength = columns.Max(column => column.Name.Length);
        var label = Math.Max(1, Math.Min(maxLength, width - Gap.Length - MinValueWidth));
        var valueWidth = Math.Max(1, width - label - Gap.Length);
        for (var i = 0; i < rows.Count; i++)
        {
            var title = FormattableString.Invariant($"─ {i + 1:N0} ");
            yield return title.PadRight(Math.Max(title.Length, Math.Min(width, label + Gap.Length + MinValueWidth)), '─');
            for (var column = 0; column < columns.Count; column++)
            {
                var name = columns[column].Name;
                name = name.Length > label ? name[..label] : name.PadRight(label);
                foreach (var line in Break(rows[i][column], valueWidth))
                {
                    yield return $"{name}{Gap}{line}".TrimEnd();
                    name = new string(' ', label);
                }
            }
        }
    }

    /// <summary>Breaks a text between words, or within a word that is too long, but not within a surrogate pair.</summary>
    private static IEnumerable<string> Break(string text, int width)
    {
        while (text.Length > width)
        {
            var at = text.LastIndexOf(' ', width);
            var end = at > 0 ? at : char.IsHighSurrogate(text[width - 1]) && width > 1 ? width - 1 : width;
            yield return text[..end];
            text = text[(at > 0 ? end + 1 : end)..];
        }

        yield return text;
    }
}
