namespace CineLedger.Charts.Profile;

/// <summary>A column of a terminal table.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="IsRightAligned">True for numbers.</param>
/// <param name="Rank">If space is short, columns with the highest rank are dropped first; those with rank 0 always stay.</param>
/// <param name="CanBeCut">Whether its cells may be shortened.</param>
internal sealed record TextColumn(string Heading, bool IsRightAligned = false, int Rank = 0, bool CanBeCut = false);

/// <summary>Renders a table that fits the width of the terminal: names are shortened first, then columns are dropped.</summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int MinTextWidth = 18;

    public static IEnumerable<string> Render(IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows, TerminalStyle style)
    {
        rows = style.IsAscii ? [.. rows.Select(row => row.Select(TerminalCells.ToAscii).ToArray())] : rows;
        var shown = Enumerable.Range(0, columns.Count).ToList();
        int[] widths;
        while (!TryFit(columns, rows, shown, style.Width, out widths) && shown.Any(i => columns[i].Rank > 0))
        {
            shown.Remove(shown.MaxBy(i => columns[i].Rank));
        }

        yield return FormatLine([.. columns.Select(column => style.IsAscii ? TerminalCells.ToAscii(column.Heading) : column.Heading)]);
        yield return string.Join(new string(' ', Gap), shown.Select(i => new string(style.IsAscii ? '-' : '─', widths[i])));
        foreach (var row in rows)
        {
            yield return FormatLine(row);
        }

        string FormatLine(string[] cells) =>
            string.Join(new string(' ', Gap), shown.Select(i => FormatCell(cells[i], widths[i], columns[i].IsRightAligned, style.IsAscii))).TrimEnd();
    }

    private static bool TryFit(IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows, List<int> shown, int width, out int[] widths)
    {
        var natural = columns
            .Select((column, i) => Math.Max(TerminalCells.GetWidth(column.Heading), rows.Count == 0 ? 0 : rows.Max(row => TerminalCells.GetWidth(row[i]))))
            .ToArray();
        var over = shown.Sum(i => natural[i]) + (Gap * (shown.Count - 1)) - width;
        foreach (var i in shown.Where(i => columns[i].CanBeCut))
        {
            var less = Math.Clamp(over, 0, Math.Max(0, natural[i] - MinTextWidth));
            natural[i] -= less;
            over -= less;
        }

        widths = natural;
        return over <= 0;
    }

    private static string FormatCell(string text, int width, bool right, bool ascii) =>
        right ? new string(' ', Math.Max(0, width - TerminalCells.GetWidth(text))) + text : TerminalCells.FitToWidth(text, width, ascii);
}
