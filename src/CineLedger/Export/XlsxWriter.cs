using System.Data.Common;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes a result as an Excel workbook, row by row; see <see cref="XlsxBook"/>. The last sheet describes the result.</summary>
/// <param name="output">The output, which need not be seekable and is left open.</param>
/// <param name="rowsPerSheet">The number of rows per sheet, including the header; Excel's limit by default.</param>
public sealed class XlsxWriter(Stream output, int rowsPerSheet = XlsxBook.MaxRows) : ResultWriter
{
    private XlsxBook? _book;

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _book = await XlsxBook.CreateAsync(output, rowsPerSheet, cancellationToken).ConfigureAwait(false);
        await _book.BeginResultAsync("Result", [.. columns.Select(column => new XlsxColumn(column.Name, column.Kind))], frozenColumns: 0, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken) => _book!.WriteAsync(row, cancellationToken);

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        await _book!.BeginTextAsync(XlsxInfoSheet.Name, [26, 60], cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in XlsxInfoSheet.GetLines(info, _book.Rows, _book.CutTexts))
        {
            await _book.AddLineAsync([name, value], isHeader: false, cancellationToken).ConfigureAwait(false);
        }

        await _book.FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _book?.DisposeAsync() ?? ValueTask.CompletedTask;
}
