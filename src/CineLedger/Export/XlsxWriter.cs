using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>
/// An Excel workbook, written row by row: numbers are numbers, moments are dates, texts are texts (never formulas), unknown is an empty
/// cell. A result of more rows than a sheet holds goes on in further sheets, each with the header; the last sheet says what it all rests on.
/// </summary>
/// <param name="output">Where to; needs not be seekable, and is left open.</param>
/// <param name="rowsPerSheet">Rows of a sheet, the header's included; Excel's limit where none is said.</param>
public sealed class XlsxWriter(Stream output, int rowsPerSheet = XlsxWriter.MostRows) : ResultWriter
{
    /// <summary>What Excel can hold on one sheet.</summary>
    public const int MostRows = 1_048_576;

    private readonly ZipArchive _zip = new(new ForwardStream(output, counts: false), ZipArchiveMode.Create, leaveOpen: true);
    private readonly XlsxCells _cells = new();
    private readonly List<string> _sheets = [];
    private IReadOnlyList<Column> _columns = [];
    private Stream? _sheet;
    private int _row;
    private long _rows;

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        await AddAsync("_rels/.rels", XlsxParts.PackageLinks, cancellationToken).ConfigureAwait(false);
        await BeginSheetAsync("Result", cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        if (_row == rowsPerSheet)
        {
            await EndSheetAsync(cancellationToken).ConfigureAwait(false);
            await BeginSheetAsync($"Result {_sheets.Count + 1}", cancellationToken).ConfigureAwait(false);
        }

        _cells.BeginRow(++_row);
        for (var i = 0; i < _columns.Count; i++)
        {
            if (!row.IsDBNull(i))
            {
                Add(row, i);
            }
        }

        _cells.EndRow();
        _rows++;
        if (_cells.IsFull)
        {
            await _cells.FlushAsync(_sheet!, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        await EndSheetAsync(cancellationToken).ConfigureAwait(false);
        await AddAboutAsync(info, cancellationToken).ConfigureAwait(false);
        await AddAsync("xl/workbook.xml", XlsxParts.Workbook(_sheets), cancellationToken).ConfigureAwait(false);
        await AddAsync("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookLinks(_sheets.Count), cancellationToken).ConfigureAwait(false);
        await AddAsync("xl/styles.xml", XlsxParts.Styles, cancellationToken).ConfigureAwait(false);
        await AddAsync("[Content_Types].xml", XlsxParts.ContentTypes(_sheets.Count), cancellationToken).ConfigureAwait(false);
        await _zip.DisposeAsync().ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        // After a failure: the zip's index of a half written file is of no use, and its output may be what failed.
        if (_sheet is { } half)
        {
            _sheet = null;
            try
            {
                await half.DisposeAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Already reported by the write that failed.
            }
        }
    }

    private void Add(DbDataReader row, int column)
    {
        switch (_columns[column].Kind)
        {
            case ColumnKind.Text:
                _cells.Text(column, row.GetString(column));
                break;
            case ColumnKind.Number:
                _cells.Number(column, row.GetDouble(column));
                break;
            case ColumnKind.Exact:
                _cells.Number(column, double.Parse(row.GetString(column), CultureInfo.InvariantCulture));
                break;
            case ColumnKind.Time:
                _cells.Time(column, row.GetDateTime(column));
                break;
            case ColumnKind.Date:
                _cells.Date(column, row.GetString(column));
                break;
            case ColumnKind.Boolean:
                _cells.Boolean(column, row.GetBoolean(column));
                break;
            case ColumnKind.Identifier:
                _cells.Whole(column, row.GetWhole(column), XlsxStyle.Plain);
                break;
            default:
                _cells.Whole(column, row.GetWhole(column), XlsxStyle.Grouped);
                break;
        }
    }

    private async Task BeginSheetAsync(string name, CancellationToken cancellationToken)
    {
        _sheets.Add(name);
        _sheet = await OpenAsync(XlsxParts.SheetPath(_sheets.Count), cancellationToken).ConfigureAwait(false);
        _cells.Raw(XlsxParts.SheetHead(_columns));
        _row = 1;
        _cells.BeginRow(_row);
        for (var i = 0; i < _columns.Count; i++)
        {
            _cells.Text(i, _columns[i].Name, XlsxStyle.Header);
        }

        _cells.EndRow();
    }

    private async Task EndSheetAsync(CancellationToken cancellationToken)
    {
        _cells.Raw(XlsxParts.SheetFoot(_columns.Count, _row));
        await _cells.FlushAsync(_sheet!, cancellationToken).ConfigureAwait(false);
        await _sheet!.DisposeAsync().ConfigureAwait(false);
        _sheet = null;
    }

    private async Task AddAboutAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        _sheets.Add("About");
        _cells.Raw(XlsxParts.AboutHead);
        var row = 0;
        foreach (var (name, value) in XlsxAbout.Lines(info, _rows, _cells.CutTexts))
        {
            _cells.BeginRow(++row);
            _cells.Text(0, name, XlsxStyle.Header);
            switch (value)
            {
                case long whole:
                    _cells.Whole(1, whole, XlsxStyle.Grouped);
                    break;
                case DateTime time:
                    _cells.Time(1, time);
                    break;
                default:
                    _cells.Text(1, (string)value);
                    break;
            }

            _cells.EndRow();
        }

        _cells.Raw("</sheetData></worksheet>");
        var sheet = await OpenAsync(XlsxParts.SheetPath(_sheets.Count), cancellationToken).ConfigureAwait(false);
        await using (sheet.ConfigureAwait(false))
        {
            await _cells.FlushAsync(sheet, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(string path, string xml, CancellationToken cancellationToken)
    {
        var part = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        await using (part.ConfigureAwait(false))
        {
            _cells.Raw(xml);
            await _cells.FlushAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.Fastest);

        // The moment of writing would make equal results different files.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.OpenAsync(cancellationToken);
    }
}
