using System.Text;
using CineLedger.Records;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Records.RecordReaderHelper;

namespace CineLedger.Tests.Records;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("a,b", "a|b")]
    [InlineData("a,b,c,d", "a|b|c|d")]
    [InlineData(",,", "||")]
    [InlineData("\"a\",\"b,c\",d", "a|b,c|d")]
    [InlineData("\"a\"\"b\",\"\"\"\",\"\"", "a\"b|\"|")]
    [InlineData("\"a\nb\",\"c\r\nd\",e", "a\nb|c\r\nd|e")]
    [InlineData("\"abc\"def,g", "abcdef|g")]
    [InlineData("\"abc\"d\"e,g", "abcd\"e|g")]
    [InlineData("a\"b\"c,\"d\"", "a\"b\"c|d")]
    [InlineData(" \"a\",b ", " \"a\"|b ")]
    public async Task A_row_is_read_with_any_quotes_and_any_number_of_fields(string row, string fields) =>
        Assert.Equal([fields], await FieldsAsync("x,y,z\n" + row));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_end_in_LF_CRLF_or_CR_and_the_last_may_lack_its_line_end(string end)
    {
        Assert.Equal(["1|2", "3|4"], await FieldsAsync($"x,y{end}1,2{end}3,4{end}"));
        Assert.Equal(["1|2", "3|4"], await FieldsAsync($"x,y{end}1,2{end}3,4"));
        Assert.Equal(["1|2", "3|4"], await FieldsAsync($"x,y{end}1,2{end}3,4{end}", bytesARead: 1));
    }

    [Fact]
    public async Task A_record_has_its_physical_line_and_raw_text()
    {
        var records = await ReadAsync("x,y\r\n\"a\nb\r\nc\",1\n\r\"d\"\"\",2\r\r\n3,\n");
        Assert.Equal([2, 5, 6, 7, 8], records.Select(record => record.Line));
        Assert.Equal(["\"a\nb\r\nc\",1", "", "\"d\"\"\",2", "", "3,"], records.Select(record => record.Raw));
    }

    [Fact]
    public async Task Rows_without_text_or_with_only_separators_are_empty() =>
        Assert.Equal(
            [true, true, false, false, true],
            (await ReadAsync("x,y,z\n\n,,\n\"\",,\n ,,\n,,,,,\n")).Select(record => record.IsEmpty));

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_first_column()
    {
        using var stream = new MemoryStream([.. Encoding.UTF8.Preamble, .. "id ,title\r\n1,a\r\n"u8]);
        var reader = new RecordReader(stream, "movies.csv");
        Assert.Equal(["id", "title"], await reader.ReadHeaderAsync(TestContext.Current.CancellationToken));
        Assert.True(reader.HasByteOrderMark && reader.HasCarriageReturns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_is_refused(string text) =>
        Assert.Equal("movies.csv is empty: a header row is expected. Get the file again.", await ErrorAsync(text));

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_its_record_with_its_line()
    {
        var records = await ReadAsync("x,y\n\"1\n\",2\n3,\"4\n5,6\n");
        Assert.Equal([(2, 2), (4, 0), (5, 2)], records.Select(record => (record.Line, record.Fields.Length)));
        Assert.Equal("3,\"4", records[1].Raw);
        Assert.StartsWith("movies.csv, line 1: a quote in the header is never closed", await ErrorAsync("x,\"y\n1,2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_longer_than_allowed_names_its_line()
    {
        var options = new RecordReaderOptions { BatchBytes = 16, MaxRecordBytes = 1 << 20 };
        var text = "x,y\n1,2\n3,4\n\"" + new string('a', 1 << 21) + "\",5\n6,7\n";
        Assert.StartsWith("movies.csv, line 4: the record is longer than 1 MB", await ErrorAsync(text, options), StringComparison.Ordinal);
        Assert.Equal(4, (await ReadAsync(text, options with { MaxRecordBytes = 4 << 20 })).Count);
    }

    [Fact]
    public Task Any_table_written_by_RFC_4180_reads_back_equal_whatever_the_batch() =>
        Gen.Select(CsvText.Field.Array[1, 5].Array[1, 12], Gen.OneOf("\n", "\r\n", "\r"), Gen.Int[1, 80], Gen.Int[1, 20]).SampleAsync(
            async (rows, end, batchBytes, bytesARead) =>
            {
                var text = CsvText.Table([["header"], .. rows], end);
                var records = await ReadAsync(text, new RecordReaderOptions { BatchBytes = batchBytes }, bytesARead);
                Assert.Equal(rows, records.Select(record => record.Fields));
                Assert.Equal(rows.Select(CsvText.Row), records.Select(record => record.Raw));
            },
            iter: 2_000);
}
