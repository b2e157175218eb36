using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CineLedger.Export;

/// <summary>
/// Writes the sheets of an Excel workbook one after the other, row by row. Numbers, times and text keep their types, text never becomes a formula, and unknown is an empty
/// cell. A result with more rows than a sheet holds continues on further sheets, each with the header.
/// </summary>
internal sealed class XlsxBook : IAsyncDisposable
{
    /// <summary>The number of rows that Excel can hold on one sheet.</summary>
    public const int MaxRows = 1_048_576;

    private readonly Stream _output;
    private readonly ZipStream _target;
    private readonly int _rowsPerSheet;
    private readonly Spreadsheet _book;
    private readonly XlsxStyles _styles;
    private IReadOnlyList<XlsxColumn> _columns = [];
    private StyledCell[] _cells = [];
    private string _name = "";
    private int _frozenColumns;

    private XlsxBook(Stream output, ZipStream target, int rowsPerSheet, Spreadsheet book) =>
        (_output, _target, _rowsPerSheet, _book, _styles) = (output, target, rowsPerSheet, book, new(book));

    /// <summary>Gets the number of rows of the current result.</summary>
    public long Rows { get; private set; }

    /// <summary>Gets the number of sheets of the current result.</summary>
    public int Sheets { get; private set; }

    /// <summary>Gets the number of texts of all results that were too long for a cell.</summary>
    public long CutTexts { get; private set; }

    /// <param name="output">The output, which need not be seekable and is left open.</param>
    /// <param name="rowsPerSheet">The number of rows per sheet, including the header.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public static async Task<XlsxBook> CreateAsync(Stream output, int rowsPerSheet, CancellationToken cancellationToken)
    {
        var target = new ZipStream(output);

        // Programs other than Excel rely on cell references. Document properties would contain the time of writing.
        var options = new SpreadCheetahOptions { DocumentProperties = null, DefaultDateTimeFormat = null, PreserveStringWhitespace = true, WriteCellReferenceAttributes = true };
        return new(output, target, rowsPerSheet, await Spreadsheet.CreateNewAsync(target, options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Begins the rows of a result on a new sheet, whose header row is frozen and has filter and sort buttons.</summary>
    public Task BeginResultAsync(string name, IReadOnlyList<XlsxColumn> columns, int frozenColumns, CancellationToken cancellationToken)
    {
        (_name, _columns, _frozenColumns, _cells, Rows, Sheets) = (name, columns, frozenColumns, new StyledCell[columns.Count], 0, 0);
        return BeginSheetAsync(cancellationToken);
    }

    /// <summary>Writes the row of the result at which the reader is positioned.</summary>
    public async ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        if (_book.NextRowNumber > _rowsPerSheet)
        {
            await BeginSheetAsync(cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = row.IsDBNull(i) ? default : CreateCell(row, i);
        }

        await _book.AddRowAsync(_cells, cancellationToken).ConfigureAwait(false);
        Rows++;
    }

    /// <summary>Begins a sheet of text in columns of the given widths.</summary>
    public async Task BeginTextAsync(string name, IReadOnlyList<int> widths, CancellationToken cancellationToken)
    {
        var sheet = new WorksheetOptions();
        for (var i = 0; i < widths.Count; i++)
        {
            sheet.Column(i + 1).Width = widths[i];
        }

        await _book.StartWorksheetAsync(name, sheet, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a row of texts, whole numbers and times. The first cell is bold, or all cells of a header.</summary>
    public async Task AddLineAsync(IEnumerable<object> values, bool isHeader, CancellationToken cancellationToken) => await _book.AddRowAsync(
        [
            .. values.Select((value, i) => value switch
            {
                string text when i == 0 || isHeader => new StyledCell(text, _styles.Header),
                string text => CreateTextCell(text),
                long whole => new(whole, _styles.Grouped),
                DateTime time => new(time, _styles.Time),
                _ => throw new ArgumentException($"a sheet cannot show a {value.GetType().Name}", nameof(values)),
            }),
        ],
        cancellationToken).ConfigureAwait(false);

    /// <summary>Completes the workbook.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _book.FinishAsync(cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // After a failure the index of a partial file is useless, and the output itself may have failed.
        _target.Discard();
        await _book.DisposeAsync().ConfigureAwait(false);
    }

    private StyledCell CreateCell(DbDataReader row, int column) => _columns[column].Kind switch
    {
        ColumnKind.Text => CreateTextCell(row.GetString(column)),
        ColumnKind.Number => CreateNumberCell(row.GetDouble(column), GetStyle(column) ?? _styles.Number),
        ColumnKind.Exact => CreateNumberCell(double.Parse(row.GetString(column), CultureInfo.InvariantCulture), _styles.Number),
        ColumnKind.Time => new(row.GetDateTime(column), _styles.Time),
        ColumnKind.Date => CreateDateCell(row.GetString(column)),
        ColumnKind.Boolean => new(row.GetBoolean(column), null),
        ColumnKind.Identifier => new(row.GetInteger(column), null),
        _ => new(row.GetInteger(column), GetStyle(column) ?? _styles.Grouped),
    };

    private StyleId? GetStyle(int column) => _columns[column].Format switch { XlsxFormat.Dollars => _styles.Dollars, XlsxFormat.Percent => _styles.Percent, _ => null };

    private StyledCell CreateTextCell(string text)
    {
        var cell = XlsxText.ToCell(text, out var isCut);
        CutTexts += isCut ? 1 : 0;
        return new(cell, XlsxText.LooksLikeFormula(text) ? _styles.Text : null);
    }

    /// <summary>Writes infinity and NaN as text, because Excel has no such numbers.</summary>
    private StyledCell CreateNumberCell(double value, StyleId style) => double.IsFinite(value) ? new(value, style) : CreateTextCell(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a date. Excel's calendar is correct only from March 1900, so earlier and invalid dates are written as text.</summary>
    private StyledCell CreateDateCell(string day) =>
        DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && known >= new DateTime(1900, 3, 1)
            ? new(known, _styles.Date)
            : CreateTextCell(day);

    private async Task BeginSheetAsync(CancellationToken cancellationToken)
    {
        var sheet = new WorksheetOptions
        {
            FrozenRows = 1,
            FrozenColumns = _frozenColumns > 0 ? _frozenColumns : null,
            AutoFilter = new($"A1:{XlsxText.GetColumnLetters(_columns.Count - 1)}{_rowsPerSheet.ToString(CultureInfo.InvariantCulture)}"),
        };
        for (var i = 0; i < _columns.Count; i++)
        {
            sheet.Column(i + 1).Width = _columns[i].Width;
        }

        Sheets++;
        await _book.StartWorksheetAsync(Sheets == 1 ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name} {Sheets}"), sheet, cancellationToken).ConfigureAwait(false);
        await _book.AddRowAsync([.. _columns.Select(column => new StyledCell(XlsxText.ToCell(column.Heading, out _), _styles.Header))], cancellationToken).ConfigureAwait(false);
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

        /// <summary>Created only by workbooks that use it, as <see cref="Percent"/>.</summary>
        public StyleId Dollars => field ??= book.AddStyle(new Style { Format = NumberFormat.Custom("\"$\"#,##0") });

        public StyleId Percent => field ??= book.AddStyle(new Style { Format = NumberFormat.Custom("0.0%") });
    }
}
