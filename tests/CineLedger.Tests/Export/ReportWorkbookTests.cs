using System.Globalization;
using System.Xml.Linq;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.Export;

/// <summary>Tests the workbook of all reports.</summary>
public sealed class ReportWorkbookTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    private static readonly ReportRequest Defaults = new() { Report = ReportDefinition.Genres };

    [Fact]
    public async Task Every_report_has_a_sheet_with_its_rows()
    {
        var book = new Workbook(await ledger.WorkbookAsync(Defaults));
        Assert.Equal(["Companies", "Genres", "Company genres", "Studios", "About"], book.Sheets);
        foreach (var report in ReportDefinition.All)
        {
            var request = Defaults with { Report = report };
            var columns = ReportSql.GetColumns(request).Count;
            var rows = book.Rows(report.SheetName).Skip(1).Select(row =>
                string.Join('|', Enumerable.Range(0, columns).Select(i => row.GetValueOrDefault(((char)('A' + i)).ToString())?.Value)));
            Assert.Equal(await ledger.RowsAsync(request), rows);
        }
    }

    [Fact]
    public async Task Headings_are_words_and_amounts_are_dollars()
    {
        var book = new Workbook(await ledger.WorkbookAsync(Defaults));
        Assert.Equal(
            [
                "Year", "Company", "Movies", "Budget", "Revenue", "Profit", "Profit (both known)", "TMDB popularity", "Budget (known for)", "Revenue (known for)",
                "Profit (known for)",
            ],
            book.Rows("Companies")[0].Values.Select(cell => cell.Value));
        Assert.Equal(["Year", "Company", "Genre", "Movies", "Movies of the company"], book.Rows("Company genres")[0].Values.Select(cell => cell.Value));
        Assert.Equal(["Rank by revenue", "Share of revenue", "Share of movies"], ((string[])["C", "I", "J"]).Select(column => book.Rows("Studios")[0][column].Value));
        Assert.All(book.Sheets.SkipLast(1).SelectMany(sheet => book.Rows(sheet)[0].Values), cell => Assert.True(cell.Format.IsBold));
        var row = book.Rows("Companies")[1];
        Assert.Equal(["0", "0", "3", "\"$\"#,##0", "\"$\"#,##0", "\"$\"#,##0", "\"$\"#,##0", "4", "3", "3", "3"], row.Values.Select(cell => cell.Format.Number));

        var averages = new Workbook(await ledger.WorkbookAsync(Defaults with { Aggregate = Aggregate.Avg, Popularity = Popularity.Weighted }));
        Assert.Equal(
            ["Budget, average", "Revenue, average", "Profit, average", "Profit (both known), average", "Weighted rating"],
            averages.Rows("Companies")[0].Values.Skip(3).Take(5).Select(cell => cell.Value));
        Assert.Equal("\"$\"#,##0", averages.Rows("Companies")[1]["D"].Format.Number);
    }

    [Fact]
    public async Task Shares_are_percentages()
    {
        var book = new Workbook(await ledger.WorkbookAsync(Defaults with { IsAsNamed = true }));
        Assert.Equal(["0.0%", "0.0%"], [book.Rows("Studios")[1]["I"].Format.Number, book.Rows("Studios")[1]["J"].Format.Number]);
    }

    [Fact]
    public async Task The_header_and_the_names_stay_in_sight_and_every_part_has_the_order_of_the_standard()
    {
        var book = new Workbook(await ledger.WorkbookAsync(Defaults));
        string[] order = ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter"];
        foreach (var sheet in book.Sheets)
        {
            var names = book.SheetPart(sheet).Root!.Elements().Select(element => element.Name.LocalName).ToList();
            Assert.Equal(names.OrderBy(name => Array.IndexOf(order, name)), names);
            Assert.Empty(names.Except(order));
            var xml = book.SheetPart(sheet).ToString(SaveOptions.DisableFormatting);
            Assert.Equal(sheet != "About", xml.Contains("xSplit=\"2\" ySplit=\"1\"", StringComparison.Ordinal) && xml.Contains("<autoFilter ref=\"A1:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task About_has_the_source_the_options_the_coverage_and_a_definition_of_every_column()
    {
        var options = Defaults with { From = 2000, To = 2001, Companies = ["A", "B"], Share = Share.Equal, Dollars = 2017, Top = 5 };
        var about = await ReadAboutAsync(options);
        Assert.Equal($"Created by|CineLedger {ProductVersion.Text}", about[0]);
        Assert.Equal("Snapshot|1", about[1]);
        Assert.StartsWith("Source|", about[3], StringComparison.Ordinal);
        Assert.Equal(
            ["Option from|2000", "Option to|2001", "Option company|A", "Option company|B", "Option share|equal", "Option dollars|2017", "Option top|5"],
            about.Where(line => line.StartsWith("Option", StringComparison.Ordinal)));
        Assert.Contains("Note|genre: 'Com' was read as 'Comedy'.", await ReadAboutAsync(options with { Genres = ["Com"] }));
        Assert.Contains("Empty cells|unknown", about);
        Assert.Contains(about, line => line.StartsWith("Note|Amounts are in dollars of 2017", StringComparison.Ordinal));
        var coverage = await ledger.CoverageAsync(options with { Report = ReportDefinition.Companies });
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Companies|3|{coverage.Movies}|{coverage.BudgetKnown}|{coverage.RevenueKnown}|{coverage.Undated}|0"),
            about.Select(line => line.TrimEnd('|')));
        foreach (var report in ReportDefinition.All)
        {
            Assert.All(ReportSql.GetColumns(Defaults with { Report = report }), column =>
                Assert.Single(about, line => line.Split('|') is [var sheet, { Length: > 0 }, var name, { Length: > 3 }] && (sheet, name) == (report.SheetName, column.Name)));
        }
    }

    private async Task<List<string>> ReadAboutAsync(ReportRequest options) =>
        new Workbook(await ledger.WorkbookAsync(options)).Rows("About").ConvertAll(row => string.Join('|', row.Values.Select(cell => cell.Value)));

    [Fact]
    public async Task A_report_that_is_longer_than_a_sheet_continues_on_another()
    {
        var book = new Workbook(await ledger.WorkbookAsync(Defaults, rowsPerSheet: 4));
        Assert.Equal(["Companies", "Companies 2", "Genres", "Genres 2", "Company genres", "Company genres 2", "Studios", "About"], book.Sheets);
        Assert.Equal(6, book.Rows("Companies").Count + book.Rows("Companies 2").Count - 2);
        Assert.Equal(book.Rows("Companies")[0].Values, book.Rows("Companies 2")[0].Values);
        Assert.Contains(book.Rows("About"), row => row["A"].Value == "Companies" && row["B"].Value == "6" && row.Values.Last().Value == "Companies 2");
    }

    [Fact]
    public async Task Equal_reports_are_equal_files_and_an_invalid_option_writes_none()
    {
        Assert.Equal(await ledger.WorkbookAsync(Defaults), await ledger.WorkbookAsync(Defaults));
        await Assert.ThrowsAsync<UsageException>(() => ledger.WorkbookAsync(Defaults with { From = 2001, To = 2000 }));
        await Assert.ThrowsAsync<UsageException>(() => ledger.WorkbookAsync(Defaults with { Order = "genre" }));
    }

    [Fact]
    public void Excel_accepts_the_name_of_every_sheet() => Assert.All(ReportDefinition.All, report =>
    {
        // With the number of a further sheet, a name has at most 31 characters.
        Assert.InRange(report.SheetName.Length, 1, 27);
        Assert.DoesNotContain(report.SheetName, c => "[]:*?/\\'".Contains(c, StringComparison.Ordinal));
    });
}
