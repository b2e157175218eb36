using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CineLedger.Export;

/// <summary>
/// Writes an Excel workbook row by row. Numbers, times and text keep their types, text never becomes a formula, and unknown is an empty cell.
/// A result with more rows than a sheet holds continues on further sheets, each with the header; the last sheet describes the result.
/// </summary>
/// <param name="output">The output, which need not be seekable and is left open.</param>
/// <param name="rowsPerSheet">The number of rows per sheet, including the header; Excel's limit by default.</param>
public sealed class XlsxWriter(Stream output, int rowsPerSheet = XlsxWriter.MaxRows) : ResultWriter
{
    /// <summary>The number of rows that Excel can hold on one sheet.</summary>
    public const int MaxRows = 1_048_576;

    private readonly ZipStream _target = new(output);
    private IReadOnlyList<Column> _columns = [];
    private StyledCell[] _cells = [];
    private Spreadsheet? _book;
    private XlsxStyles? _styles;
    private int _sheets;
    private long _rows;
    private long _cutTexts;

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        (_columns, _cells) = (columns, new StyledCell[columns.Count]);

        // Programs other than Excel rely on cell references. Document properties would contain the time of writing.
        var options = new SpreadCheetahOptions { DocumentProperties = null, DefaultDateTimeFormat = null, PreserveStringWhitespace = true, WriteCellReferenceAttributes = true };
        _book = await Spreadsheet.CreateNewAsync(_target, options, cancellationToken).ConfigureAwait(false);
        _styles = new(_book);
        await BeginSheetAsync("Result", cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        if (_book!.NextRowNumber > rowsPerSheet)
        {
            await BeginSheetAsync($"Result {_sheets + 1}", cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = row.IsDBNull(i) ? default : CreateCell(row, i);
        }

        await _book!.AddRowAsync(_cells, cancellationToken).ConfigureAwait(false);
        _rows++;
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        var sheet = new WorksheetOptions();
        sheet.Column(1).Width = 26;
        sheet.Column(2).Width = 60;
        await _book!.StartWorksheetAsync("About", sheet, cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in XlsxInfoSheet.GetLines(info, _rows, _cutTexts))
        {
            var cell = value switch
            {
                long whole => new StyledCell(whole, _styles!.Grouped),
                DateTime time => new(time, _styles!.Time),
                _ => CreateTextCell((string)value),
            };
            await _book!.AddRowAsync([new StyledCell(name, _styles!.Header), cell], cancellationToken).ConfigureAwait(false);
        }

        await _book!.FinishAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        // After a failure the index of a partial file is useless, and the output itself may have failed.
        _target.Discard();
        if (_book is not null)
        {
            await _book.DisposeAsync().ConfigureAwait(false);
        }
    }

    private StyledCell CreateCell(DbDataReader row, int column) => _columns[column].Kind switch
    {
        ColumnKind.Text => CreateTextCell(row.GetString(column)),
        ColumnKind.Number => CreateNumberCell(row.GetDouble(column)),
        ColumnKind.Exact => CreateNumberCell(double.Parse(row.GetString(column), CultureInfo.InvariantCulture)),
        ColumnKind.Time => new(row.GetDateTime(column), _styles!.Time),
        ColumnKind.Date => CreateDateCell(row.GetString(column)),
        ColumnKind.Boolean => new(row.GetBoolean(column), null),
        ColumnKind.Identifier => new(row.GetInteger(column), null),
        _ => new(row.GetInteger(column), _styles!.Grouped),
    };

    private StyledCell CreateTextCell(string text)
    {
        var cell = XlsxText.ToCell(text, out var isCut);
        _cutTexts += isCut ? 1 : 0;
        return new(cell, XlsxText.LooksLikeFormula(text) ? _styles!.Text : null);
    }

    /// <summary>Writes infinity and NaN as text, because Excel has no such numbers.</summary>
    private StyledCell CreateNumberCell(double value) => double.IsFinite(value) ? new(value, _styles!.Number) : CreateTextCell(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a date. Excel's calendar is correct only from March 1900, so earlier and invalid dates are written as text.</summary>
    private StyledCell CreateDateCell(string day) =>
        DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && known >= new DateTime(1900, 3, 1)
            ? new(known, _styles!.Date)
            : CreateTextCell(day);

    /// <summary>Begins a sheet whose header row is frozen and has filter and sort buttons.</summary>
    private async Task BeginSheetAsync(string name, CancellationToken cancellationToken)
    {
        var sheet = new WorksheetOptions { FrozenRows = 1, AutoFilter = new($"A1:{XlsxText.GetColumnLetters(_columns.Count - 1)}{rowsPerSheet.ToString(CultureInfo.InvariantCulture)}") };
        for (var i = 0; i < _columns.Count; i++)
        {
            sheet.Column(i + 1).Width = Math.Min(255, Math.Max(
                _columns[i].Name.Length + 4,
                _columns[i].Kind switch { ColumnKind.Text => 32, ColumnKind.Integer => 16, ColumnKind.Time => 20, _ => 10 }));
        }

        await _book!.StartWorksheetAsync(name, sheet, cancellationToken).ConfigureAwait(false);
        await _book!.AddRowAsync([.. _columns.Select(column => new StyledCell(XlsxText.ToCell(column.Name, out _), _styles!.Header))], cancellationToken).ConfigureAwait(false);
        _sheets++;
    }

    private sealed class XlsxStyles(Spreadsheet book)
    {
        public StyleId Header { get; } = book.AddStyle(new Style { Font = { Bold = true } });

        public StyleId Grouped { get; } = book.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.ThousandsSeparator) });

        public StyleId Number { get; } = book.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.ThousandsSeparatorTwoDecimalPlaces) });

        public StyleId Time { get; } = book.AddStyle(new Style { Format = NumberFormat.Custom(@"yyyy\-mm\-dd\ hh:mm:ss") });

        public StyleId Date { get; } = book.AddStyle(new Style { Format = NumberFormat.Custom(@"yyyy\-mm\-dd") });

        /// <summary>The style of text that would become a formula when its cell is edited.</summary>
        public StyleId Text { get; } = book.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.Text) });
    }
}
