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
    public async Task A_CSV_row_of_one_unknown_or_empty_value_is_not_an_empty_line()
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
}
