using System.Globalization;
using System.Xml.Linq;
using CineLedger.Reports;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Commands;

/// <summary>Tests <c>report all</c>: LibreOffice opens and recalculates the workbook, and finds the rows of the reports.</summary>
public sealed class WorkbookCommandTests(LoadedWorkspace loaded) : IClassFixture<LoadedWorkspace>
{
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private readonly Workspace _workspace = loaded.Workspace;

    [Fact]
    public async Task LibreOffice_reads_the_rows_of_every_report_without_a_warning()
    {
        await _workspace.RunSuccessfullyAsync("report", "all", "-o", "book.xlsx", "--from", "1950");
        var document = await ConvertAsync("book.xlsx");
        var sheets = document.Descendants(Table + "table").ToDictionary(sheet => (string)sheet.Attribute(Table + "name")!, Rows);
        Assert.Equal(["Companies", "Genres", "Company genres", "Studios", "About"], sheets.Keys);
        foreach (var report in ReportDefinition.All)
        {
            var printed = await _workspace.RunSuccessfullyAsync("report", report.Name, "--from", "1950", "--format", "csv");
            var csv = CsvText.Read(printed.Output.Replace("\r\n", "\n", StringComparison.Ordinal));
            var rows = sheets[report.SheetName];
            Assert.True(csv.Count > 20, report.Name);
            Assert.Equal(csv.Count, rows.Count);
            Assert.Equal(csv[0].Length, rows[0].Count);
            Assert.All(rows[0], heading => Assert.Matches("^[A-Z][A-Za-z (),]+$", heading.Shown));
            for (var i = 1; i < rows.Count; i++)
            {
                for (var column = 0; column < csv[i].Length; column++)
                {
                    CheckCell(csv[i][column], column < rows[i].Count ? rows[i][column] : new("", "", false));
                }
            }
        }

        // Amounts are shown in dollars, shares in percent.
        Assert.Matches(@"^-?\$\d{1,3}(,\d{3})*$", sheets["Companies"].Skip(1).First(row => row[3].Value.Length > 0)[3].Shown);
        Assert.Matches(@"^\d+\.\d%$", sheets["Studios"].Skip(1).First(row => row[8].Value.Length > 0)[8].Shown);
        Assert.DoesNotContain(
            sheets.Values.SelectMany(rows => rows).SelectMany(row => row),
            cell => cell.IsNumber && (cell.Shown.StartsWith("Err:", StringComparison.Ordinal) || cell.Shown.Contains('#', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("name a file with --output, or redirect standard output", "script -qec 'cineledger report all' /dev/null")]
    [InlineData("all reports are written as one Excel workbook; name a file that ends in .xlsx", "cineledger report all -o book.csv")]
    [InlineData("all reports are written as one Excel workbook; name a file that ends in .xlsx", "cineledger report all --format json")]
    [InlineData("'--order'", "cineledger report all -o refused.xlsx --order year")]
    [InlineData("'--limit'", "cineledger report all -o refused.xlsx --limit 5")]
    [InlineData("--from 2000 must not be after --to 1999", "cineledger report all -o refused.xlsx --from 2000 --to 1999")]
    public async Task What_cannot_be_a_workbook_of_all_reports_is_a_usage_error(string message, string command)
    {
        var result = await _workspace.RunShellAsync(command);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.GetPath("refused.xlsx")) || File.Exists(_workspace.GetPath("book.csv")));
    }

    [Fact]
    public async Task The_workbook_can_be_redirected_and_replaces_a_file_only_when_it_is_complete()
    {
        await _workspace.RunSuccessfullyAsync("report", "all", "--output", "one.xlsx", "--top", "2", "--dollars", "2017");
        var printed = await _workspace.RunShellAsync("cineledger report all --top 2 --dollars 2017 | cat");
        Assert.Equal(await File.ReadAllBytesAsync(_workspace.GetPath("one.xlsx"), TestContext.Current.CancellationToken), printed.OutputBytes);
        var failed = await _workspace.RunShellAsync("ulimit -f 8; cineledger report all -o one.xlsx");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Equal(printed.OutputBytes, await File.ReadAllBytesAsync(_workspace.GetPath("one.xlsx"), TestContext.Current.CancellationToken));
    }

    /// <summary>Converts a workbook to LibreOffice's own format after recalculating it.</summary>
    private async Task<XDocument> ConvertAsync(string file)
    {
        var profile = Directory.CreateDirectory(_workspace.GetPath("profile/user"));
        await File.WriteAllTextAsync(
            Path.Combine(profile.FullName, "registrymodifications.xcu"),
            """
            <oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
            <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
            """,
            TestContext.Current.CancellationToken);
        var result = await _workspace.RunShellAsync(
            $"soffice -env:UserInstallation=file://{profile.Parent!.FullName} --headless --convert-to fods {file}");
        Assert.Equal(0, result.ExitCode);

        // Debian's LibreOffice looks for Java, which a workbook does not need.
        Assert.DoesNotContain(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.Contains("javaldx", StringComparison.Ordinal));
        return XDocument.Load(_workspace.GetPath(Path.ChangeExtension(file, "fods")));
    }

    /// <summary>Returns the cells of a sheet, without the empty ones at the ends of rows and without empty rows at its end.</summary>
    private static List<List<SheetCell>> Rows(XElement sheet)
    {
        var rows = sheet.Descendants(Table + "table-row").SelectMany(row => Enumerable.Repeat(Cells(row), Repeated(row, "rows"))).ToList();
        return rows.GetRange(0, rows.FindLastIndex(row => row.Count > 0) + 1);
    }

    private static List<SheetCell> Cells(XElement row)
    {
        var cells = new List<SheetCell>();
        var empty = 0;
        foreach (var cell in row.Elements(Table + "table-cell"))
        {
            if (cell.IsEmpty)
            {
                empty += Repeated(cell, "columns");
                continue;
            }

            cells.AddRange(Enumerable.Repeat(new SheetCell("", "", false), empty));
            empty = 0;
            var shown = string.Join('\n', cell.Elements(Text + "p").Select(ReadText));
            var value = (string?)cell.Attribute(Office + "value");
            cells.AddRange(Enumerable.Repeat(new SheetCell(value ?? shown, shown, value is not null), Repeated(cell, "columns")));
        }

        return cells;
    }

    /// <summary>Compares a value of CSV with a cell. LibreOffice writes numbers with 15 digits.</summary>
    private static void CheckCell(string expected, SheetCell cell)
    {
        if (cell.IsNumber)
        {
            var number = double.Parse(expected, CultureInfo.InvariantCulture);
            Assert.Equal(number, double.Parse(cell.Value, CultureInfo.InvariantCulture), Math.Abs(number) * 1e-14);
        }
        else
        {
            Assert.Equal(expected, cell.Value);
        }
    }

    private static string ReadText(XElement paragraph) => string.Concat(paragraph.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "s" } spaces => new string(' ', (int?)spaces.Attribute(Text + "c") ?? 1),
        XElement other => ReadText(other),
        _ => "",
    }));

    private static int Repeated(XElement element, string what) => Math.Min(2_000, (int?)element.Attribute(Table + $"number-{what}-repeated") ?? 1);

    /// <param name="Value">The value as in CSV.</param>
    /// <param name="Shown">The text on the screen.</param>
    /// <param name="IsNumber">Whether it is a number.</param>
    private sealed record SheetCell(string Value, string Shown, bool IsNumber);
}
