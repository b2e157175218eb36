using System.Data;
using System.Globalization;
using System.Text;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Tests.Records;
using CineLedger.Tests.Support;
using CsCheck;
using DuckDB.NET.Data;
using static CineLedger.Tests.Export.HandMadeResult;

namespace CineLedger.Tests.Export;

public sealed class WriterTests
{
    private static readonly object?[] Row = [1995, "Pixar", 30_000_000L, 7.7, HandMadeResult.Time];
    private static readonly object?[] Unknown = [1995, null, null, null, null];
    private static readonly Snapshot Snapshot = new(3, "data.zip", null, true, HandMadeResult.Time, HandMadeResult.Time, 1, 1, 0, 1, 0, 0);

    [Fact]
    public async Task CSV_ends_its_lines_in_CR_LF_and_leaves_unknown_empty() =>
        Assert.Equal(
            "year,company,budget,vote_average,published_at\r\n1995,Pixar,30000000,7.7,2026-11-23T09:05:07.250Z\r\n1995,,,,\r\n",
            await TextAsync(OutputFormat.Csv, Row, Unknown));

    [Fact]
    public async Task A_CSV_row_of_one_unknown_or_empty_value_is_no_empty_line()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("homepage", typeof(string));
        foreach (var value in (string?[])["a", null, "", "b"])
        {
            table.Rows.Add(value);
        }

        using var output = new MemoryStream();
        await using var writer = new CsvWriter(output);
        await using var rows = table.CreateDataReader();
        await writer.WriteResultAsync([new("homepage", ColumnKind.Text)], rows, new(null, null), TestContext.Current.CancellationToken);
        Assert.Equal("homepage\r\na\r\n\"\"\r\n\"\"\r\nb\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("日本 🎬", "日本 🎬")]
    [InlineData(" a ", " a ")]
    public async Task CSV_quotes_a_text_only_if_necessary(string text, string field) =>
        Assert.EndsWith($"\r\n1,{field},,,\r\n", await TextAsync(OutputFormat.Csv, [1, text]), StringComparison.Ordinal);

    [Theory]
    [InlineData("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0")]
    [InlineData("=HYPERLINK(\"http://e.x\",\"y\")", "\"'=HYPERLINK(\"\"http://e.x\"\",\"\"y\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("1=1", "1=1")]
    [InlineData("'=1", "'=1")]
    [InlineData("", "")]
    [InlineData("Pixar", "Pixar")]
    public async Task Safe_CSV_marks_a_text_that_a_spreadsheet_would_calculate(string text, string field)
    {
        Assert.EndsWith($"\r\n1,{field},,,\r\n", await TextAsync(OutputFormat.CsvSafe, [1, text]), StringComparison.Ordinal);
        Assert.EndsWith($"\r\n1,{field},,,\r\n", Encoding.UTF8.GetString(await StoredAsync(text)), StringComparison.Ordinal);
        Assert.DoesNotContain("'=cmd", await TextAsync(OutputFormat.Csv, [1, text]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Safe_CSV_leaves_numbers_and_dates_as_they_are_and_marks_names_of_columns()
    {
        object?[] negative = [-5, "Pixar", -30_000_000L, -7.5, HandMadeResult.Time];
        Assert.Equal(await TextAsync(OutputFormat.Csv, negative), await TextAsync(OutputFormat.CsvSafe, negative));
        using var output = new MemoryStream();
        await using var writer = OutputFormatInfo.Get(OutputFormat.CsvSafe).CreateWriter(output);
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("=1+1", typeof(string));
        table.Rows.Add("-1.50");
        await using var rows = table.CreateDataReader();
        await writer.WriteResultAsync([new("=1+1", ColumnKind.Exact)], rows, new(null, null), TestContext.Current.CancellationToken);
        Assert.Equal("'=1+1\r\n-1.50\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Each_format_has_one_name_and_an_extension_one_format()
    {
        Assert.Equal(OutputFormatInfo.All.Count, OutputFormatInfo.All.DistinctBy(known => known.Name).Count());
        var extensions = OutputFormatInfo.All.SelectMany(known => known.Extensions).ToList();
        Assert.Equal(extensions.Count, extensions.Distinct().Count());
        Assert.Equal("csv-safe", OutputFormatInfo.Get(OutputFormat.CsvSafe).Name);
    }

    [Fact]
    public Task Any_text_in_CSV_reads_back_as_it_was() =>
        CsvText.Field.Array[1, 60].SampleAsync(
            async texts =>
            {
                var csv = await TextAsync(OutputFormat.Csv, [.. texts.Select(text => new object?[] { 1, text })]);
                Assert.Equal(texts, (await RecordReaderHelper.ReadAsync(csv)).Select(record => record.Fields[1]));
            },
            iter: 300);

    [Fact]
    public void A_number_has_no_exponent_and_reads_back_as_the_same_double() =>
        Gen.Select(Gen.Double[0, 1], Gen.Int[-15, 30], Gen.Bool).Sample(
            (digits, exponent, negative) =>
            {
                var value = digits * Math.Pow(10, exponent) * (negative ? -1 : 1);
                if (Math.Abs(value) < 1e-15)
                {
                    return;
                }

                Span<byte> text = stackalloc byte[64];
                var written = Encoding.UTF8.GetString(text[..NumberFormatter.Write(value, text)]);
                Assert.DoesNotContain('E', written);
                Assert.Equal(value, double.Parse(written, CultureInfo.InvariantCulture));
            },
            iter: 20_000);

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-7, "0.0000001")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(-1.5e20, "-150000000000000000000")]
    [InlineData(4.1750000000000004E-13, "0.00000000000041750000000000004")]
    [InlineData(-2.5e-10, "-0.00000000025")]
    [InlineData(4.505309370967741, "4.505309370967741")]
    [InlineData(0.0, "0")]
    public void A_number_is_written_in_its_shortest_digits(double value, string expected)
    {
        Span<byte> text = stackalloc byte[64];
        Assert.Equal(expected, Encoding.UTF8.GetString(text[..NumberFormatter.Write(value, text)]));
    }

    [Fact]
    public async Task JSON_has_data_and_meta_in_camel_case_and_null_for_unknown() =>
        Assert.Equal(
            """
            {"data":[{"year":1995,"company":"Pixar","budget":30000000,"voteAverage":7.7,"publishedAt":"2026-11-23T09:05:07.250Z"},{"year":1995,"company":null,"budget":null,"voteAverage":null,"publishedAt":null}],"meta":{"snapshot":3,"publishedAt":"2026-11-23T09:05:07.250Z","source":"data.zip","synthetic":true,"coverage":{"movies":9,"films":9,"undated":1,"budgetKnown":5,"revenueKnown":4},"next":null}}

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(await BytesAsync(OutputFormat.Json, new(Snapshot, new(9, 1, 5, 4)), null, Row, Unknown)));

    [Fact]
    public async Task JSON_without_rows_is_an_empty_list() =>
        Assert.Equal("{\"data\":[],\"meta\":{\"next\":null}}\n", await TextAsync(OutputFormat.Json));

    [Fact]
    public async Task NDJSON_has_one_object_per_line_and_no_meta() =>
        Assert.Equal(
            "{\"year\":1,\"company\":\"a\\\"b\\nc é\",\"budget\":null,\"voteAverage\":0.0000001,\"publishedAt\":null}\n"
            + "{\"year\":2,\"company\":null,\"budget\":null,\"voteAverage\":null,\"publishedAt\":null}\n",
            await TextAsync(OutputFormat.Ndjson, [1, "a\"b\nc é", null, 1e-7], [2]));

    [Fact]
    public async Task Markdown_escapes_what_would_end_a_cell() =>
        Assert.Equal(
            "| year | company | budget | vote_average | published_at |\n| ---: | --- | ---: | ---: | --- |\n"
            + "| 1995 | a\\|b\\\\c d | 30,000,000 | 7.700 | 2026-11-23 09:05:07 |\n| 1995 | – | – | – | – |\n",
            await TextAsync(OutputFormat.Md, [1995, "a|b\\c\r\nd", 30_000_000L, 7.7, HandMadeResult.Time], Unknown));

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("a&lt;b", "a&amp;lt;b")]
    [InlineData("![x](http://e.x/p.png)", "!\\[x\\](http://e.x/p.png)")]
    [InlineData("a`b`", "a\\`b\\`")]
    [InlineData("\u001b[31mred\u009b1m", "·\\[31mred·1m")]
    [InlineData("a\u202Egnp.exe", "a·gnp.exe")]
    public async Task Markdown_cells_are_text_only(string text, string cell) =>
        Assert.Contains($"| 1 | {cell} |", await TextAsync(OutputFormat.Md, [1, text]), StringComparison.Ordinal);

    [Fact]
    public async Task Parquet_is_read_by_DuckDB_with_the_same_values_and_types()
    {
        var path = Path.Combine(Path.GetTempPath(), $"cineledger-tests-{Guid.NewGuid():N}.parquet");
        try
        {
            await File.WriteAllBytesAsync(path, await BytesAsync(OutputFormat.Parquet, new(null, null), null, Row, Unknown), TestContext.Current.CancellationToken);
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            var rows = await connection.QueryAsync(
                $"SELECT * FROM '{path}'", row => Enumerable.Range(0, row.FieldCount).Select(row.GetValue).ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal([[1995L, "Pixar", 30_000_000L, 7.7, HandMadeResult.Time], [1995L, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value]], rows);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_file_is_replaced_atomically()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        var path = Path.Combine(folder.FullName, "out.csv");
        await AtomicFile.WriteAsync(path, stream => stream.WriteAsync("one"u8.ToArray()).AsTask(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AtomicFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("tw"u8.ToArray());
            throw new InvalidOperationException();
        }, TestContext.Current.CancellationToken));
        Assert.Equal("one", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }

    /// <summary>Writes a text as it comes from the store: bytes, not a string.</summary>
    private static async Task<byte[]> StoredAsync(string text)
    {
        using var output = new MemoryStream();
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var sql = new SqlBuilder();
        sql.Text = $"SELECT 1::BIGINT AS year, {sql.Add(text)} AS company, NULL::BIGINT AS budget, NULL::DOUBLE AS vote_average, NULL::TIMESTAMP AS published_at";
        await using var result = await DbResult.OpenAsync(connection, sql, Columns, TestContext.Current.CancellationToken);
        Assert.IsAssignableFrom<CineLedger.Storage.Reading.RowReader>(result.Rows);
        await using var writer = OutputFormatInfo.Get(OutputFormat.CsvSafe).CreateWriter(output);
        await writer.WriteResultAsync(Columns, result.Rows, new(null, null), TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
