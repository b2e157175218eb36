using System.Net;
using CineLedger.Tests.Export;

namespace CineLedger.Tests.Web;

/// <summary>Tests the workbook of all reports over HTTP.</summary>
public sealed class WorkbookTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    private const string Address = "/api/v1/reports/all";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Address)]
    [InlineData($"{Address}?format=xlsx")]
    public async Task All_reports_are_one_Excel_file_whatever_the_client_accepts(string address)
    {
        using var response = await served.SendAsync(address, ("Accept", "text/html,*/*;q=0.8"));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("reports-2.xlsx", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var book = new Workbook(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(["Companies", "Genres", "Company genres", "Studios", "About"], book.Sheets);
        var csv = (await served.TextAsync("/api/v1/reports/companies?format=csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(csv.Length, book.Rows("Companies").Count);
        using var again = await served.SendAsync(address, ("If-None-Match", response.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Parameters_select_the_rows_of_every_sheet_and_are_listed()
    {
        using var response = await served.SendAsync($"{Address}?from=2000&to=2000&share=equal&company=Dor&snapshot=1");
        var book = new Workbook(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("reports-1.xlsx", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.All(book.Sheets.SkipLast(1), sheet => Assert.Single(book.Rows(sheet)));
        var about = book.Rows("About").Select(row => string.Join(": ", row.Values.Select(cell => cell.Value))).ToList();
        Assert.Contains("Option share: equal", about);
        Assert.Contains(about, line => line.Contains("was read as 'Dora'", StringComparison.Ordinal) && line.StartsWith("Note", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("format=csv", "format")]
    [InlineData("order=revenue", "order")]
    [InlineData("limit=5", "limit")]
    [InlineData("from=2001&to=2000", "from")]
    public async Task A_parameter_that_does_not_fit_all_sheets_is_refused(string query, string parameter)
    {
        var (status, problem) = await served.ProblemAsync($"{Address}?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, parameter), (status, problem.GetProperty("parameter").GetString()));
    }
}
