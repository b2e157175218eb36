namespace CineLedger.Charts.Profile;

/// <summary>A column of a table in the terminal.</summary>
/// <param name="Heading">Its name.</param>
/// <param name="Right">True for numbers.</param>
/// <param name="Rank">Where room is short, columns of the highest rank go first; those of rank 0 stay.</param>
/// <param name="Cut">Whether its cells may be cut.</param>
internal sealed record TextColumn(string Heading, bool Right = false, int Rank = 0, bool Cut = false);

/// <summary>A table that fits a number of cells: names are cut first, then columns left out.</summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int NarrowestText = 18;

    public static IEnumerable<string> Lines(IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows, TerminalStyle style)
    {
        rows = style.Ascii ? [.. rows.Select(row => row.Select(TerminalText.Ascii).ToArray())] : rows;
        var shown = Enumerable.Range(0, columns.Count).ToList();
        int[] widths;
        while (!TryFit(columns, rows, shown, style.Width, out widths) && shown.Any(i => columns[i].Rank > 0))
        {
            shown.Remove(shown.MaxBy(i => columns[i].Rank));
        }

        yield return Line([.. columns.Select(column => style.Ascii ? TerminalText.Ascii(column.Heading) : column.Heading)]);
        yield return string.Join(new string(' ', Gap), shown.Select(i => new string(style.Ascii ? '-' : '─', widths[i])));
        foreach (var row in rows)
        {
            yield return Line(row);
        }

        string Line(string[] cells) => string.Join(new string(' ', Gap), shown.Select(i => Cell(cells[i], widths[i], columns[i].Right, style.Ascii))).TrimEnd();
    }

    private static bool TryFit(IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows, List<int> shown, int room, out int[] widths)
    {
        var natural = columns.Select((column, i) => Math.Max(TerminalText.Width(column.Heading), rows.Count == 0 ? 0 : rows.Max(row => TerminalText.Width(row[i])))).ToArray();
        var over = shown.Sum(i => natural[i]) + (Gap * (shown.Count - 1)) - room;
        foreach (var i in shown.Where(i => columns[i].Cut))
        {
            var less = Math.Clamp(over, 0, Math.Max(0, natural[i] - NarrowestText));
            natural[i] -= less;
            over -= less;
        }

        widths = natural;
        return over <= 0;
    }

    private static string Cell(string text, int width, bool right, bool ascii) =>
        right ? new string(' ', Math.Max(0, width - TerminalText.Width(text))) + text : TerminalText.Pad(text, width, ascii);
}
