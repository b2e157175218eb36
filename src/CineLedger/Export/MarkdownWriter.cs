using System.Buffers;
using System.Data.Common;
using System.Text;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes a Markdown table: numbers aligned right, digits grouped, unknown as a dash.</summary>
public sealed class MarkdownWriter : ResultWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\\|[]`");
    private readonly StreamWriter _text;
    private IReadOnlyList<Column> _columns = [];

    public MarkdownWriter(Stream output) =>
        _text = new StreamWriter(output, new UTF8Encoding(false), 16 << 10, leaveOpen: true) { NewLine = "\n" };

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        await _text.WriteLineAsync($"| {string.Join(" | ", columns.Select(column => Escape(DisplayText.ToOneLine(column.Name))))} |").ConfigureAwait(false);
        var rule = columns.Select(column => DisplayFormatter.IsRightAligned(column.Kind) ? "---:" : "---");
        await _text.WriteLineAsync($"| {string.Join(" | ", rule)} |").ConfigureAwait(false);
    }

    public override async ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var line = new StringBuilder("|");
        for (var i = 0; i < _columns.Count; i++)
        {
            line.Append(' ').Append(Escape(DisplayFormatter.Format(row, i, _columns[i].Kind))).Append(" |");
        }

        await _text.WriteLineAsync(line, cancellationToken).ConfigureAwait(false);
    }

    public override Task EndAsync(ResultInfo info, CancellationToken cancellationToken) => _text.FlushAsync(cancellationToken);

    public override ValueTask DisposeAsync() => _text.DisposeAsync();

    /// <summary>Escapes what ends a cell, and what Markdown would turn into HTML, a link, an image or code.</summary>
    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\\' or '|' or '[' or ']' or '`' => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
