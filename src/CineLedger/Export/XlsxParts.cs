using System.Globalization;
using System.Text;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Places in the list of cell formats of <see cref="XlsxParts.Styles"/>.</summary>
internal enum XlsxStyle
{
    Plain,
    Header,
    Grouped,
    Number,
    Time,

    /// <summary>Text that would become a formula once somebody edits its cell: Excel shows it behind an apostrophe.</summary>
    Quoted,
}

/// <summary>The parts of a workbook (ECMA-376, SpreadsheetML) around its cells.</summary>
internal static class XlsxParts
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public const string PackageLinks =
        $"""
        {Declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Links}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    public const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    public const string AboutHead = $"""{Declaration}<worksheet xmlns="{Main}"><cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/></cols><sheetData>""";

    public static string SheetPath(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml");

    /// <summary>A sheet up to its first row: the header's row stays where it is while the others are scrolled.</summary>
    public static string SheetHead(IReadOnlyList<Column> columns)
    {
        var widths = string.Concat(columns.Select((column, i) =>
            string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{WidthOf(column)}" customWidth="1"/>""")));
        return $"""{Declaration}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>""";
    }

    /// <summary>A sheet from its last row on, with the buttons by which a reader filters and sorts.</summary>
    public static string SheetFoot(int columns, int rows) =>
        string.Create(CultureInfo.InvariantCulture, $"""</sheetData><autoFilter ref="A1:{XlsxCells.Letters(columns - 1)}{rows}"/></worksheet>""");

    public static string Workbook(IReadOnlyList<string> sheets)
    {
        var list = new StringBuilder();
        for (var i = 0; i < sheets.Count; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"""<sheet name="{sheets[i]}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""");
        }

        return $"""{Declaration}<workbook xmlns="{Main}" xmlns:r="{Links}"><sheets>{list}</sheets></workbook>""";
    }

    public static string WorkbookLinks(int sheets)
    {
        var list = new StringBuilder();
        for (var i = 1; i <= sheets; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Links}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        }

        return $"""{Declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}<Relationship Id="rId{sheets + 1}" Type="{Links}/styles" Target="styles.xml"/></Relationships>""";
    }

    public static string ContentTypes(int sheets)
    {
        var list = string.Concat(Enumerable.Range(1, sheets).Select(i => $"""<Override PartName="/{SheetPath(i)}" ContentType="{Types}.worksheet+xml"/>"""));
        return $"""{Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>{list}</Types>""";
    }

    private static int WidthOf(Column column) => Math.Max(
        column.Name.Length + 4,
        column.Kind switch { ColumnKind.Text => 32, ColumnKind.Whole => 16, ColumnKind.Time => 20, _ => 10 });
}
