using System.Data;
using System.Globalization;
using System.IO.Compression;
using CineLedger.Export;
using CineLedger.Model;
using CsCheck;
using static CineLedger.Tests.Export.HandMadeResult;

namespace CineLedger.Tests.Export;

public sealed class XlsxTests
{
    /// <summary>The id of Excel's format "Text". Excel never treats input in such a cell as a formula.</summary>
    private const string TextFormat = "49";

    private static readonly object?[] Row = [1995, "Pixar", 30_000_000L, 7.7, HandMadeResult.Time];
    private static readonly Snapshot Snapshot = new(3, "data & more.zip", null, true, HandMadeResult.Time, HandMadeResult.Time, 1, 1, 0, 1, 0, 0);

    [Fact]
    public async Task Numbers_and_timestamps_keep_their_types_and_unknown_is_an_empty_cell()
    {
        var rows = (await ReadAsync(Row, [1996])).Rows("Result");
        Assert.Equal(["year", "company", "budget", "vote_average", "published_at"], rows[0].Values.Select(cell => cell.Value));
        Assert.Equal(["n 1995", "inlineStr Pixar", "n 30000000", "n 7.7"], rows[1].Values.Take(4).Select(cell => $"{cell.Type} {cell.Value}"));
        Assert.Equal(HandMadeResult.Time, DateTime.FromOADate(double.Parse(rows[1]["E"].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(["0", "0", "3", "4", @"yyyy\-mm\-dd\ hh:mm:ss"], rows[1].Values.Select(cell => cell.Format.Number));
        Assert.Equal(["A"], rows[2].Keys);
    }

    [Fact]
    public async Task The_header_is_bold_stays_in_sight_and_filters()
    {
        var book = await ReadAsync(Row);
        Assert.All(book.Rows("Result")[0].Values, cell => Assert.True(cell.Format.IsBold));
        var sheet = book.SheetPart("Result").ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
        Assert.Contains("ySplit=\"1\" activePane=\"bottomLeft\" topLeftCell=\"A2\" state=\"frozen\"", sheet, StringComparison.Ordinal);
        Assert.Contains("<autoFilter ref=\"A1:E1048576\"", sheet, StringComparison.Ordinal);
        Assert.Contains("<col min=\"2\" max=\"2\" width=\"32\" customWidth=\"1\"", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@sum(1)")]
    public async Task A_text_is_never_a_formula_not_even_after_it_is_edited(string text)
    {
        var cell = (await ReadAsync([1, text])).Rows("Result")[1]["B"];
        Assert.Equal(("inlineStr", text, TextFormat), (cell.Type, cell.Value, cell.Format.Number));
    }

    [Theory]
    [InlineData("a\u0007b", "a_x0007_b")]
    [InlineData("a\rb", "a_x000D_b")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("a_b", "a_b")]
    [InlineData("<&\">", "<&\">")]
    [InlineData(" a\nb ", " a\nb ")]
    [InlineData("日本 🎬", "日本 🎬")]
    public async Task What_XML_cannot_hold_is_written_as_Excel_writes_it(string text, string expected) =>
        Assert.Equal(expected, (await ReadAsync([1, text])).Rows("Result")[1]["B"].Value);

    [Fact]
    public Task Any_text_makes_a_workbook_that_reads() =>
        Gen.String.Array[1, 20].SampleAsync(
            async texts => Assert.Equal(texts.Length + 1, (await ReadAsync([.. texts.Select(text => new object?[] { 1, text })])).Rows("Result").Count),
            iter: 200);

    [Fact]
    public async Task A_text_that_is_too_long_for_a_cell_is_truncated_and_counted()
    {
        var book = await ReadAsync([1, new string('x', 40_000)], [2, new string('x', XlsxText.MaxTextLength)]);
        Assert.Equal(new string('x', XlsxText.MaxTextLength - 1) + "…", book.Rows("Result")[1]["B"].Value);
        Assert.Contains(book.Rows("About"), row => row["A"].Value.StartsWith("Texts truncated", StringComparison.Ordinal) && row["B"].Value == "1");
    }

    [Fact]
    public async Task A_sheet_that_is_full_is_followed_by_another_with_the_same_header()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("n", typeof(long));
        for (var i = 0L; i < 7; i++)
        {
            table.Rows.Add(i);
        }

        using var output = new MemoryStream();
        await using (var writer = new XlsxWriter(output, rowsPerSheet: 4))
        {
            using var reader = table.CreateDataReader();
            await writer.WriteResultAsync([new("n", CineLedger.Reports.ColumnKind.Integer)], reader, new(null, null), TestContext.Current.CancellationToken);
        }

        var book = new Workbook(output.ToArray());
        Assert.Equal(["Result", "Result 2", "Result 3", "About"], book.Sheets);
        Assert.Equal(
            ["n", "0", "1", "2", "n", "3", "4", "5", "n", "6"],
            book.Sheets.SkipLast(1).SelectMany(book.Rows).Select(row => row["A"].Value));
    }

    [Fact]
    public async Task The_last_sheet_describes_the_snapshot_and_coverage_of_the_rows()
    {
        var book = new Workbook(await BytesAsync(OutputFormat.Xlsx, new(Snapshot, new(9, 1, 5, 4)), null, Row));
        Assert.Equal(
            [
                "Created by: CineLedger", "Rows: 1", "Snapshot: 3", "Published (UTC): 46349.37855613425", "Source: data & more.zip",
                "Data: SYNTHETIC sample data: the numbers are invented", "Movies: 9", "Movies with known budget: 5", "Movies with known revenue: 4",
                "Undated movies excluded: 1", "Empty cells: unknown",
            ],
            book.Rows("About").Select(row => $"{row["A"].Value}: {row["B"].Value}"));
    }

    [Fact]
    public async Task Every_part_is_declared_and_equal_results_are_equal_files()
    {
        var bytes = await BytesAsync(OutputFormat.Xlsx, new(Snapshot, null), null, Row);
        var book = new Workbook(bytes);
        var types = book.Part("[Content_Types].xml").Root!.Elements().ToLookup(type => (string?)type.Attribute("PartName") ?? (string)type.Attribute("Extension")!, type => (string)type.Attribute("ContentType")!);
        Assert.Equal(
            ["xl/styles.xml styles", "xl/workbook.xml sheet.main", "xl/worksheets/sheet1.xml worksheet", "xl/worksheets/sheet2.xml worksheet"],
            book.Parts.Where(part => part.StartsWith("xl/", StringComparison.Ordinal) && !part.EndsWith(".rels", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(part => $"{part} {types[$"/{part}"].Concat(types["xml"]).First().Split("spreadsheetml.")[1][..^"+xml".Length]}"));
        Assert.Equal(bytes, await BytesAsync(OutputFormat.Xlsx, new(Snapshot, null), null, Row));
    }

    [Fact]
    public async Task No_entry_has_the_time_of_writing()
    {
        var bytes = await BytesAsync(OutputFormat.Xlsx, new(Snapshot, null), null, Row);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        var local = Enumerable.Range(0, bytes.Length - 30).Where(at => bytes.AsSpan(at).StartsWith("PK\u0003\u0004"u8)).ToList();
        Assert.Equal(zip.Entries.Count, local.Count);
        Assert.All(local, at => Assert.Equal([0, 0, 0x21, 0], bytes[(at + 10)..(at + 14)]));
    }

    [Fact]
    public async Task An_abandoned_workbook_has_no_central_directory()
    {
        using var output = new MemoryStream();
        await using (var writer = new XlsxWriter(output))
        {
            await writer.BeginAsync([new("n", CineLedger.Reports.ColumnKind.Integer)], TestContext.Current.CancellationToken);
        }

        Assert.Throws<InvalidDataException>(() => new Workbook(output.ToArray()));
    }

    private static async Task<Workbook> ReadAsync(params object?[][] rows) => new(await BytesAsync(OutputFormat.Xlsx, new(null, null), null, rows));
}
