using CineLedger.Tests.RealData;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Tests the readers of the suite.</summary>
public sealed class TextTests
{
    [Fact]
    public void Tables_read_back_as_they_were_written() =>
        CsvText.Field.Array[1, 4].Array[0, 5].Sample(
            rows => rows.SequenceEqual(CsvText.Read(CsvText.Table(rows)), EqualityComparer<string[]>.Create((one, other) => one!.SequenceEqual(other!))));

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,\n,")]
    [InlineData("a\"b\n")]
    [InlineData("\"a\"b\n")]
    [InlineData("\"a\n")]
    public void Malformed_tables_are_refused(string text) => Assert.Throws<FormatException>(() => CsvText.Read(text));

    [Theory]
    [InlineData("[{'name': \"D'Artagnan {x}\", 'id': 3}, {'id': 4, 'name': 'A \"b\" \\' c\\xa0'}]", "D'Artagnan {x}", "A \"b\" \\' c\\xa0")]
    [InlineData("[]")]
    public void Names_and_entries_of_lists_are_found(string list, params string[] names)
    {
        Assert.Equal(names, ListText.GetNames(list));
        Assert.Equal(list.TrimEnd(']') + (names.Length > 0 ? ", {}]" : "{}]"), ListText.ChangeEntries(list, entries => entries.Append("{}")));
        Assert.Equal(names.Select(name => name + "!"), ListText.GetNames(ListText.ChangeNames(list, name => name + "!")));
    }

    [Fact]
    public async Task All_names_of_the_real_movies_are_found()
    {
        RealData.RealData.SkipIfMissing(RealData.RealData.Head);
        await using var zip = File.OpenRead(RealData.RealData.Find(RealData.RealData.Head)!);
        var movies = MovieTable.Read(await MovieTable.ReadZipAsync(zip, TestContext.Current.CancellationToken));
        Assert.All(movies.GetValues("production_companies").Where(list => list.Length > 0), list =>
        {
            Assert.EndsWith("{}]", ListText.ChangeEntries(list, entries => entries.Append("{}")), StringComparison.Ordinal);
            Assert.Equal(((List<object?>)PythonLiteral.Parse(list)!).Count, ListText.GetEntries(list).Count(entry => ListText.GetNames(entry).Count() == 1));
        });
    }
}
