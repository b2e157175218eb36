using System.Data.Common;
using System.Text;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes a Markdown table: numbers aligned right, digits grouped, unknown as a dash.</summary>
public sealed class MarkdownWriter : ResultWriter
{
    private readonly StreamWriter _text;
    private IReadOnlyList<Column> _columns = [];

    public MarkdownWriter(Stream output) =>
        _text = new StreamWriter(output, new UTF8Encoding(false), 16 << 10, leaveOpen: true) { NewLine = "\n" };

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        await _text.WriteLineAsync($"| {string.Join(" | ", columns.Select(column => Escape(DisplayFormatter.ToOneLine(column.Name))))} |").ConfigureAwait(false);
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

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
