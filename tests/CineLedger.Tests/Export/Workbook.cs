using System.IO.Compression;
using System.Xml.Linq;

namespace CineLedger.Tests.Export;

/// <summary>Reads a workbook by the names in the standard, independently of the code that wrote it.</summary>
internal sealed class Workbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly Dictionary<string, XDocument> _parts = [];

    public Workbook(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            _parts.Add(entry.FullName, XDocument.Load(part, LoadOptions.PreserveWhitespace));
        }
    }

    public IReadOnlyCollection<string> Parts => _parts.Keys;

    public IReadOnlyList<string> Sheets => [.. Part("xl/workbook.xml").Descendants(Main + "sheet").Select(sheet => (string)sheet.Attribute("name")!)];

    public XDocument Part(string path) => _parts[path];

    /// <summary>Returns the rows of a sheet, each with its non-empty cells by column letters.</summary>
    public List<Dictionary<string, WorkbookCell>> Rows(string sheet) =>
        [.. SheetPart(sheet).Descendants(Main + "row").Select(row => row.Elements(Main + "c").Where(cell => cell.HasElements).ToDictionary(
            cell => ((string)cell.Attribute("r")!).TrimEnd([.. "0123456789"]),
            cell => new WorkbookCell(
                (string?)cell.Attribute("t") ?? "n",
                (string?)cell.Element(Main + "v") ?? (string)cell.Element(Main + "is")!.Element(Main + "t")!,
                Format((int?)cell.Attribute("s") ?? 0))))];

    public XDocument SheetPart(string sheet)
    {
        var link = (string)Part("xl/workbook.xml").Descendants(Main + "sheet").Single(other => (string)other.Attribute("name")! == sheet).Attribute(Links + "id")!;
        var target = (string)Part("xl/_rels/workbook.xml.rels").Root!.Elements().Single(other => (string)other.Attribute("Id")! == link).Attribute("Target")!;
        return Part(new Uri(new Uri("zip:///xl/workbook.xml"), target).AbsolutePath[1..]);
    }

    private CellFormat Format(int style)
    {
        var styles = Part("xl/styles.xml");
        var format = styles.Descendants(Main + "cellXfs").Single().Elements().ElementAt(style);
        var number = (string)format.Attribute("numFmtId")!;
        var custom = styles.Descendants(Main + "numFmt").SingleOrDefault(other => (string)other.Attribute("numFmtId")! == number);
        var font = styles.Descendants(Main + "font").ElementAt((int)format.Attribute("fontId")!);
        return new((string?)custom?.Attribute("formatCode") ?? number, font.Element(Main + "b") is not null);
    }

    public sealed record WorkbookCell(string Type, string Value, CellFormat Format);

    /// <param name="Number">A built-in format's id (ECMA-376, 18.8.30), or a custom format's code.</param>
    /// <param name="IsBold">Whether the font is bold.</param>
    public sealed record CellFormat(string Number, bool IsBold);
}
