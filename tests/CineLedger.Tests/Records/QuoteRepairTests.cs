using CineLedger.Records;
using static CineLedger.Tests.Records.RecordReaderHelper;

namespace CineLedger.Tests.Records;

public sealed class QuoteRepairTests
{
    private const string Header = "id,title,text,votes\n";

    /// <summary>A record is valid if it begins with a number and ends with one, as a movie does.</summary>
    private static readonly RecordReaderOptions Options = new()
    {
        IsValid = record => record.FieldCount == 4 && int.TryParse(record[0], out _) && int.TryParse(record[3], out _),
    };

    [Theory]
    [InlineData("1,A,x,1\n2,B,\"never closed,2\n3,C,y,3\n4,D,z,4\n", "1|A|x|1;;3|C|y|3;4|D|z|4", 3)]
    [InlineData("1,A,x,1\n2,B,\"never closed,2\n3,C,\"y\",3\n4,D,z,4\n", "1|A|x|1;;3|C|y|3;4|D|z|4", 3)]
    [InlineData("1,A,\"never closed\non two lines,1\n3,C,\"y\nz\",3\n", ";3|C|y\nz|3", 2)]
    [InlineData("1,A,x,1\n2,B,\"never closed,2\n", "1|A|x|1;", 3)]
    [InlineData("1,A,\"x\ny\",1\n2,B,\"a \"\"b\"\"\nc\",2\n", "1|A|x\ny|1;2|B|a \"b\"\nc|2", 0)]
    public async Task A_quote_that_is_never_closed_costs_only_its_record(string text, string fields, int rejectedLine)
    {
        foreach (var batchBytes in (int[])[16, 64, 1 << 16])
        {
            var records = await ReadAsync(Header + text, Options with { BatchBytes = batchBytes });
            Assert.Equal(fields, string.Join(';', records.Select(record => string.Join('|', record.Fields))));
            Assert.Equal(rejectedLine, records.Find(record => record.Fields.Length == 0)?.Line ?? 0);
        }
    }

    [Fact]
    public async Task A_file_that_ends_inside_quoted_text_is_cut_off()
    {
        Assert.StartsWith("movies.csv, line 3: the file ends inside the quoted text", await ErrorAsync(Header + "1,A,x,1\n2,B,\"cut o", Options), StringComparison.Ordinal);
        Assert.StartsWith("movies.csv, line 2: the file ends inside", await ErrorAsync(Header + "1,A,\"x\ny, cut o", Options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,A,\"She said \\\"no, never\\\" twice, then left.\",1\n2,B,y,2\n", "1|A|She said \"no, never\" twice, then left.|1;2|B|y|2")]
    [InlineData("1,A,\"She said \\\"no\\\" twice\",1\n2,B,y,2\n", "1|A|She said \"no\" twice|1;2|B|y|2")]
    [InlineData("1,A,\"It ends with \\\"no\\\"\",1\n2,B,\"C:\\\\\",2\n", "1|A|It ends with \"no\"|1;2|B|C:\\\\|2")]
    [InlineData("1,A,\"C:\\\",1\n2,B,y,2\n", "1|A|C:\\|1;2|B|y|2")]
    [InlineData("1,A,\"a\\\"\nb, \\\"c\",1\n2,B,y,2\n", "1|A|a\"\nb, \"c|1;2|B|y|2")]
    [InlineData("1,A,\"path \\\"\" more\",1\n", "1|A|path \\\" more|1")]
    public async Task Quotes_after_backslashes_are_text_if_only_that_makes_a_valid_record(string text, string fields)
    {
        foreach (var batchBytes in (int[])[16, 64, 1 << 16])
        {
            Assert.Equal(fields, string.Join(';', await FieldsAsync(Header + text, Options with { BatchBytes = batchBytes })));
        }
    }

    [Fact]
    public async Task A_file_without_any_other_quote_loses_one_record()
    {
        var lines = Enumerable.Range(1, 50_000).Select(i => i == 20_000 ? $"{i},T,\"open,1" : $"{i},T,x,1");
        var records = await ReadAsync(Header + string.Join('\n', lines), Options with { MaxRecordBytes = 1 << 19 });
        Assert.Equal((50_000, 20_001), (records.Count, Assert.Single(records, record => record.Fields.Length == 0).Line));
    }
}
