using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using CineLedger.Export;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Tests.Reports;
using DuckDB.NET.Data;

namespace CineLedger.Tests.Export;

/// <summary>Writes a pivoted result, whose columns have names from the data, in every format.</summary>
public sealed class PivotFormatTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CSV_quotes_values_in_the_header_and_its_safe_form_marks_them()
    {
        Assert.Equal(
            "month_of_year,=1+1 releases,=1+1 revenue_avg,\"A_b, \"\"c\"\" releases\",\"A_b, \"\"c\"\" revenue_avg\"\r\n6,2,1.5,0,\r\n,2,1.5,1,7\r\n",
            Encoding.UTF8.GetString(await WriteAsync(OutputFormat.Csv, "=1+1", "A_b, \"c\"")));
        var safe = Encoding.UTF8.GetString(await WriteAsync(OutputFormat.CsvSafe, "=1+1", "B"));
        Assert.StartsWith("month_of_year,'=1+1 releases,'=1+1 revenue_avg,", safe, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_keeps_the_values_and_names_measures_as_elsewhere()
    {
        const string row = """{"monthOfYear":6,"my_tag releases":2,"my_tag revenueAvg":1.5,"B releases":0,"B revenueAvg":null}""";
        Assert.StartsWith($"{row}\n{{\"monthOfYear\":null,", Encoding.UTF8.GetString(await WriteAsync(OutputFormat.Ndjson, "my_tag", "B")), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await WriteAsync(OutputFormat.Json, "my_tag", "B"));
        Assert.Equal(row, document.RootElement.GetProperty("data")[0].GetRawText());
    }

    [Fact]
    public async Task A_table_breaks_long_headings_at_spaces_and_keeps_underscores_of_values()
    {
        var lines = Encoding.UTF8.GetString(await WriteAsync(OutputFormat.Table, "TV Movie", "my_tag")).Split('\n');
        Assert.Equal(
            [
                "                      TV",
                "month        TV    Movie             my_tag",
                "   of     Movie  revenue    my_tag  revenue",
                " year  releases      avg  releases      avg",
                "─────  ────────  ───────  ────────  ───────",
                "    6         2    1.500         0        –",
            ],
            lines[..6]);
    }

    [Fact]
    public async Task Markdown_escapes_values_in_the_header() =>
        Assert.StartsWith(
            "| month_of_year | A\\|b releases | A\\|b revenue_avg | B releases | B revenue_avg |\n| ---: | ---: | ---: | ---: | ---: |\n| 6 | 2 | 1.500 | 0 | – |\n",
            Encoding.UTF8.GetString(await WriteAsync(OutputFormat.Md, "A|b", "B")),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_workbook_has_numbers_in_the_format_of_their_measure_and_empty_cells()
    {
        var book = new Workbook(await WriteAsync(OutputFormat.Xlsx, "=1+1", "B"));
        var rows = book.Rows("Result");
        Assert.Equal(["month_of_year", "=1+1 releases", "=1+1 revenue_avg", "B releases", "B revenue_avg"], rows[0].Values.Select(cell => cell.Value));
        Assert.All(rows[0].Values, cell => Assert.NotEqual("n", cell.Type));
        Assert.Equal(["A:6:0", "B:2:3", "C:1.5:4", "D:0:3"], rows[1].Select(cell => $"{cell.Key}:{cell.Value.Value}:{cell.Value.Format.Number}"));
        Assert.Equal(["B:2:3", "C:1.5:4", "D:1:3", "E:7:4"], rows[2].Select(cell => $"{cell.Key}:{cell.Value.Value}:{cell.Value.Format.Number}"));
    }

    [Fact]
    public async Task Arrow_and_Parquet_have_typed_columns()
    {
        using var reader = new ArrowFileReader(new MemoryStream(await WriteAsync(OutputFormat.Arrow, "ARTE", "Arte")));
        using var batch = await reader.ReadNextRecordBatchAsync(Cancel);
        Assert.Equal(["month_of_year", "ARTE releases", "ARTE revenue_avg", "Arte releases", "Arte revenue_avg"], batch.Schema.FieldsList.Select(field => field.Name));
        Assert.Equal([2L, 2L], ((Int64Array)batch.Column(1)).Values.ToArray());
        Assert.Equal([null, 7.0], ((DoubleArray)batch.Column(4)).ToArray());

        var path = Path.Combine(Path.GetTempPath(), $"cineledger-tests-{Guid.NewGuid():N}.parquet");
        try
        {
            await File.WriteAllBytesAsync(path, await WriteAsync(OutputFormat.Parquet, "ARTE", "Arte"), Cancel);
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(Cancel);
            var rows = await connection.QueryAsync(
                $"SELECT * FROM '{path}'", row => Enumerable.Range(0, row.FieldCount).Select(i => (row.GetName(i), row.GetValue(i))).ToArray(), Cancel);
            Assert.Equal(["month_of_year", "ARTE releases", "ARTE revenue_avg", "Arte releases_1", "Arte revenue_avg_1"], rows[0].Select(cell => cell.Item1));
            Assert.Equal([6L, 2L, 1.5, 0L, DBNull.Value], rows[0].Select(cell => cell.Item2));
            Assert.Equal([DBNull.Value, 2L, 1.5, 1L, 7.0], rows[1].Select(cell => cell.Item2));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes two keywords as columns, one row in which the second one has no movies, and a total.</summary>
    private static async Task<byte[]> WriteAsync(OutputFormat format, string first, string second)
    {
        var table = new PivotTable(QueryText.ReadPivoted("keyword,month_of_year", "keyword", "releases,revenue:avg"), [first, second], 100);
        table.AddRow([6L]);
        table.AddGroup([first, 6L, 2L, 1.5]);
        table.AddTotals([[2L, 1.5], [1L, 7.0]]);
        using var output = new MemoryStream();
        await using (var writer = OutputFormatInfo.Get(format).CreateWriter(output))
        {
            await using var result = table.Open();
            await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(null, null), Cancel);
        }

        return output.ToArray();
    }
}
