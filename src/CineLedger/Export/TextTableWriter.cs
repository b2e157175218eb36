using System.Data.Common;
using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>
/// Writes a table for the terminal: numbers aligned right, digits grouped, unknown as a dash, and a footer with the coverage. When the terminal
/// is too narrow, long names are truncated first; if that is not enough, each row becomes a block of lines, one per column.
/// </summary>
public sealed class TextTableWriter : ResultWriter
{
    private const string Gap = "  ";
    private const int MinTextWidth = 16;
    private readonly StreamWriter _text;
    private readonly int? _width;
    private readonly bool _omitsColumns;
    private readonly List<string[]> _rows = [];
    private IReadOnlyList<Column> _columns = [];

    /// <param name="output">Receives the text.</param>
    /// <param name="width">The maximum length of a line; null for no maximum.</param>
    /// <param name="omitsColumns">Whether columns that do not fit are omitted and listed in the footer, as in a preview, instead of writing blocks.</param>
    public TextTableWriter(Stream output, int? width, bool omitsColumns = false)
    {
        _text = new StreamWriter(output, new UTF8Encoding(false), 16 << 10, leaveOpen: true) { NewLine = "\n" };
        _width = width;
        _omitsColumns = omitsColumns;
    }

    public override Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = [.. columns.Select(column => column with { Name = DisplayText.ToOneLine(column.Name), Value = DisplayText.ToOneLine(column.Value) })];
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var cells = new string[_columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = DisplayFormatter.Format(row, i, _columns[i].Kind);
        }

        _rows.Add(cells);
        return ValueTask.CompletedTask;
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        LabelTotals(info.TotalRows);
        var widths = FitColumns(out var visibleCount);
        if (visibleCount < _columns.Count && !_omitsColumns)
        {
            visibleCount = _columns.Count;
            foreach (var line in TextBlocks.Format(_columns, _rows, _width!.Value))
            {
                await _text.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            await WriteTableAsync(widths, visibleCount, cancellationToken).ConfigureAwait(false);
        }

        await _text.WriteLineAsync().ConfigureAwait(false);
        foreach (var line in FormatFooter(info, visibleCount))
        {
            await _text.WriteLineAsync(DisplayText.ToOneLine(line).AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        await _text.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _text.DisposeAsync();

    private async Task WriteTableAsync(int[] widths, int visibleCount, CancellationToken cancellationToken)
    {
        foreach (var line in FormatHeader(widths, visibleCount))
        {
            await _text.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        await _text.WriteLineAsync(string.Join(Gap, widths.Take(visibleCount).Select(width => new string('─', width))).AsMemory(), cancellationToken)
            .ConfigureAwait(false);
        foreach (var row in _rows)
        {
            await _text.WriteLineAsync(FormatLine(row, widths, visibleCount).AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Names the total rows, whose dimensions have no value.</summary>
    private void LabelTotals(int count)
    {
        foreach (var row in _rows.TakeLast(count))
        {
            row[0] = "Total";
        }
    }

    private int[] FitColumns(out int visibleCount)
    {
        var widths = new int[_columns.Count];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = SplitName(_columns[i]).Max(word => word.Length);
            foreach (var row in _rows)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        visibleCount = widths.Length;
        if (_width is not { } width)
        {
            return widths;
        }

        for (var i = widths.Length - 1; i >= 0; i--)
        {
            if (_columns[i].Kind == ColumnKind.Text && GetTotalWidth(widths, visibleCount) > width)
            {
                widths[i] = Math.Max(Math.Min(widths[i], MinTextWidth), widths[i] - (GetTotalWidth(widths, visibleCount) - width));
            }
        }

        while (visibleCount > 1 && GetTotalWidth(widths, visibleCount) > width)
        {
            visibleCount--;
        }

        return widths;
    }

    private static int GetTotalWidth(int[] widths, int visibleCount) => widths.Take(visibleCount).Sum() + (Gap.Length * (visibleCount - 1));

    /// <summary>Splits a name into words, and a value of a pivoted dimension at its spaces.</summary>
    private static string[] SplitName(Column column) => column.Value.Length == 0
        ? column.Name.Split('_')
        : [.. column.Value.Split(' '), .. column.Name[column.Value.Length..].TrimStart().Split('_', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Writes one line per word of a name, so that a column of counts is not as wide as its name.</summary>
    private IEnumerable<string> FormatHeader(int[] widths, int visibleCount)
    {
        var words = _columns.Select(SplitName).ToList();
        var height = words.Take(visibleCount).Max(name => name.Length);
        for (var line = 0; line < height; line++)
        {
            yield return FormatLine([.. words.Select(name => line - (height - name.Length) is >= 0 and var at ? name[at] : "")], widths, visibleCount);
        }
    }

    private string FormatLine(string[] cells, int[] widths, int visibleCount)
    {
        var line = new StringBuilder();
        for (var i = 0; i < visibleCount; i++)
        {
            var cell = cells[i].Length <= widths[i] ? cells[i] : Truncate(cells[i], widths[i] - 1);
            line.Append(i > 0 ? Gap : "")
                .Append(DisplayFormatter.IsRightAligned(_columns[i].Kind) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Truncates a text with an ellipsis, without splitting a surrogate pair.</summary>
    private static string Truncate(string text, int length) =>
        string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");

    private IEnumerable<string> FormatFooter(ResultInfo info, int visibleCount)
    {
        if (visibleCount < _columns.Count)
        {
            yield return $"Columns that do not fit: {string.Join(", ", _columns.Skip(visibleCount).Select(column => column.Name))} "
                + "(widen the terminal, or use --format csv).";
        }

        var rows = DisplayText.Count(_rows.Count, "row");
        yield return info.Coverage is { } coverage
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} from {DisplayText.Count(coverage.Movies, "movie")} (budget known for {coverage.BudgetKnown:N0}, revenue for {coverage.RevenueKnown:N0}); "
                + $"{coverage.Undated:N0} undated excluded.")
            : $"{rows}.";
        foreach (var note in info.AllNotes)
        {
            yield return note;
        }

        if (info.Snapshot is { } snapshot)
        {
            yield return Describe(snapshot);
        }
    }

    private static string Describe(Snapshot snapshot) => string.Create(
        CultureInfo.InvariantCulture,
        $"Snapshot {snapshot.Id} of {snapshot.PublishedAt:yyyy-MM-dd HH:mm} UTC, from {snapshot.Source}"
        + $"{(snapshot.Synthetic ? ": SYNTHETIC sample data, the numbers are invented" : "")}.");
}
