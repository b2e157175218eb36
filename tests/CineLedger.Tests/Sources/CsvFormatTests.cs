using System.Text;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class CsvFormatTests
{
    [Theory]
    [InlineData("id,title,budget\n1,a;b;c;d,2\n", ',')]
    [InlineData("id;title;budget\n1;a, b, c, d;2\n", ';')]
    [InlineData("id\ttitle\tbudget\n", '\t')]
    [InlineData("id|title|budget\r1|Drama, Comedy|2\r", '|')]
    [InlineData("\"id\";\"budget, in dollars\";\"title, original\"\n", ';')]
    [InlineData("ID ; Title ; Release Date\n", ';')]
    [InlineData("name|phone|a,b\n", '|')]
    [InlineData("title\n", ',')]
    public void The_delimiter_is_the_one_that_yields_known_columns(string text, char delimiter)
    {
        var format = CsvFormat.Detect(Encoding.UTF8.GetBytes(text));
        Assert.Equal((delimiter, 0, ""), ((char)format.Delimiter, format.HeaderStart, format.Title));
    }

    [Theory]
    [InlineData("Movies, budgets and revenues\nid,title,budget,revenue,release_date,status\n1,x,2,3,,\n", "Movies, budgets and revenues")]
    [InlineData("Movies;;;;;\n;;;;;\nid;title;budget;revenue;release_date;status\n", "Movies;;;;;\n;;;;;")]
    [InlineData("\nid,title,budget,revenue\n", "")]
    [InlineData("sep=;\nid;title;budget\n", "sep=;")]
    public void Lines_above_the_header_are_titles(string text, string title)
    {
        var format = CsvFormat.Detect(Encoding.UTF8.GetBytes(text));
        Assert.Equal(("id", title), (format.Columns[0], format.Title));
        Assert.StartsWith("id", text[format.HeaderStart..], StringComparison.Ordinal);
    }

    [Fact]
    public void Records_above_a_header_are_not_titles()
    {
        const string text = "False,862,Toy Story,1995-10-30\nFalse,8844,Jumanji,1995-12-15\nadult,id,title,release_date\nFalse,15602,Grumpier Old Men,1995-12-22\n";
        var format = CsvFormat.Detect(Encoding.UTF8.GetBytes(text));
        Assert.Equal(0, format.HeaderStart);
        Assert.True(CsvFormat.IsRecord(format.Columns));
    }
}
