using System.Text;
using CineLedger.Loading.Studios;
using CineLedger.Model;

namespace CineLedger.Tests.Studios;

public sealed class StudioFileTests
{
    private const string Header = "studio,company,from,to,source\n";

    [Fact]
    public async Task A_list_is_read_with_its_line_numbers()
    {
        var list = await ReadAsync(Header + "Disney,Pixar,2006-05-05,,https://example.com/pixar\n\nindependent,\"Lions, Gate\", 1997 ,2003-12,unsourced\n");
        Assert.Empty(list.Problems);
        Assert.Equal(
            [(2, new StudioLine("Disney", "Pixar", "2006-05-05", null, "https://example.com/pixar")), (4, new("independent", "Lions, Gate", "1997", "2003-12", "unsourced"))],
            list.Lines);
    }

    [Theory]
    [InlineData("source;to;from;company;studio\r\nunsourced;;2006;Pixar;Disney\r\n")]
    [InlineData("\uFEFFStudio , COMPANY,from,to,source\nDisney,Pixar,2006,,unsourced\n")]
    [InlineData("studio,company,from,to,source,,\nDisney,Pixar,2006,,unsourced,,\n")]
    [InlineData("studio,company,from,to,source\nDisney,Pixar,2006,,unsourced,,\n")]
    public async Task Columns_are_found_by_name_whatever_the_program_that_wrote_them(string text)
    {
        var list = await ReadAsync(text);
        Assert.Empty(list.Problems);
        Assert.Equal([new StudioLine("Disney", "Pixar", "2006", null, "unsourced")], list.GetValidLines());
    }

    [Fact]
    public async Task An_accented_name_in_Windows_1252_is_decoded() => Assert.Equal(
        "Pathé",
        (await StudioFile.OpenAsync(new MemoryStream(Encoding.Latin1.GetBytes(Header + "Pathé,Pathé,,,unsourced\n")), "a", TestContext.Current.CancellationToken)).GetValidLines()[0].Studio);

    [Theory]
    [InlineData("Disney,,,,unsourced", "line 2: company is empty.")]
    [InlineData(",Pixar,,,unsourced", "line 2: studio is empty.")]
    [InlineData("Disney,Pixar,,,", "line 2: source is empty: give the address of a page, or write unsourced.")]
    [InlineData("Disney,Pixar,,,a book", "line 2: the source 'a book' is not a web address; use https://…, or unsourced.")]
    [InlineData("Disney,Pixar,05/05/2006,,unsourced", "line 2: '05/05/2006' is not a date; use 2006-05-05, 2006-05 or 2006.")]
    [InlineData("Disney,Pixar,,2006-02-30,unsourced", "line 2: '2006-02-30' is not a date; use 2006-05-05, 2006-05 or 2006.")]
    [InlineData("Disney,Pixar,2007,2006-12,unsourced", "line 2: the ownership of Pixar ends (2006-12) before it begins (2007).")]
    [InlineData("Disney,tmdb:x,,,unsourced", "line 2: 'tmdb:x' is not a TMDB ID; use tmdb:1234.")]
    [InlineData("Disney,\"Pix\nar\",,,unsourced", "line 2: company contains a line break or another control character.")]
    [InlineData("Disney,Pixar,2006", "line 2: there are 3 values, but 5 columns; leave an unknown date empty.")]
    [InlineData("Disney,Lions, Gate,,,unsourced", "line 2: there are 6 values, but 5 columns; put a name that contains a comma in quotes.")]
    [InlineData("Disney,\"Pixar,,,unsourced\nDisney,Lucasfilm,,,unsourced", "line 2: a quote is never closed.")]
    [InlineData("Disney,Pixar,,,unsourced\nstudio,company,from,to,source", "line 3: the header is repeated.")]
    [InlineData("Disney,Pixar,,,unsourced\nDISNEY,Lucasfilm,,,unsourced", "line 3: 'DISNEY' is written 'Disney' in line 2; use one spelling of a studio.")]
    [InlineData(
        "Disney,Pixar,2006,,unsourced\nSony,pixar.,2010,,unsourced",
        "line 3: pixar. already belongs to Disney at this time (line 2). A company has one studio on a day: correct the dates.")]
    [InlineData(
        "Sony,Pixar,2010,,unsourced\nDisney,Pixar,2006,2012,unsourced",
        "line 3: Pixar already belongs to Sony at this time (line 2). A company has one studio on a day: correct the dates.")]
    [InlineData(
        "Disney,Fox,2019,,unsourced\nFox,Disney,2020,,unsourced",
        "line 2: Fox would belong to itself (Fox > Disney > Fox). Remove a line or correct the dates.")]
    public async Task A_problem_is_one_sentence_with_the_number_of_its_line(string lines, string problem)
    {
        var list = await ReadAsync($"{Header}{lines}\n");
        Assert.Equal([problem], list.Problems);
        Assert.Equal($"list.csv, {problem}", Assert.Throws<StudioListException>(list.GetValidLines).Message);
    }

    [Theory]
    [InlineData("Disney,Miramax,1993,2010,unsourced\nColony,Miramax,2010-12-03,,unsourced")]
    [InlineData("Disney,Miramax,1993,2010,unsourced\nColony,Miramax,2010,,unsourced")]
    [InlineData("Colony,Miramax,2011,,unsourced\nDisney,Miramax,1993,2010-12-31,unsourced")]
    [InlineData("Disney,Fox,2019,,unsourced\nFox,Disney,,2018,unsourced")]
    [InlineData("MGM,MGM,,,unsourced")]
    public async Task Owners_in_turn_are_valid(string lines) => Assert.Empty((await ReadAsync($"{Header}{lines}\n")).Problems);

    [Fact]
    public async Task Every_overlap_with_a_long_ownership_is_found()
    {
        var list = await ReadAsync(Header + "A,X,1990,2010,unsourced\nB,X,1995,1996,unsourced\nC,X,2000,2001,unsourced\n");
        Assert.Equal(["line 3", "line 4"], list.Problems.Select(problem => problem.Split(':')[0]));
    }

    [Fact]
    public async Task Problems_of_all_kinds_are_listed_in_the_order_of_lines()
    {
        var list = await ReadAsync(Header + "Disney,Pixar,x,,unsourced\nDisney\nDisney,Fox,,,unsourced\nSony,Fox,,,unsourced\nDisney,Lucasfilm,,,\n");
        Assert.Equal(["line 2", "line 3", "line 5", "line 6"], list.Problems.Select(problem => problem.Split(':')[0]));
        var error = Assert.Throws<StudioListException>(list.GetValidLines);
        Assert.Equal("list.csv has 4 problems, and nothing of it was used; the first: line 2: 'x' is not a date; use 2006-05-05, 2006-05 or 2006.", error.Message);
        Assert.Equal(list.Problems, error.Problems);
    }

    [Fact]
    public async Task Missing_and_unknown_columns_are_problems_of_the_header()
    {
        var list = await ReadAsync("studio,company,since,to\nDisney,Pixar,,\n");
        Assert.Equal(3, list.Problems.Count);
        Assert.Contains("line 1: there is no column 'from'; a list of studios begins with the line studio,company,from,to,source.", list.Problems);
        Assert.Contains(list.Problems, problem => problem.StartsWith("line 1: the column 'since' is unknown", StringComparison.Ordinal));
        await Assert.ThrowsAsync<LedgerException>(() => ReadAsync(""));
    }

    [Fact]
    public async Task A_list_that_is_too_large_is_refused_while_it_is_read()
    {
        await using var endless = new MemoryStream(Encoding.UTF8.GetBytes(Header + new string('x', StudioFile.MaxBytes)));
        await Assert.ThrowsAsync<SourceTooLargeException>(() => StudioFile.OpenAsync(endless, "list.csv", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Fifty_problems_and_the_number_of_the_others_are_shown()
    {
        string[] problems = [.. Enumerable.Range(1, 60).Select(number => $"line {number}")];
        Assert.Equal([.. problems.Take(50), "… and 10 more"], StudioListException.Limit(problems));
        Assert.Equal(problems.Take(50), StudioListException.Limit(problems[..50]));
    }

    [Fact]
    public async Task The_bundled_list_is_valid() => Assert.NotEmpty((await StudioFile.OpenBundledAsync(TestContext.Current.CancellationToken)).GetValidLines());

    private static Task<StudioListFile> ReadAsync(string text) =>
        StudioFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "list.csv", TestContext.Current.CancellationToken);
}
