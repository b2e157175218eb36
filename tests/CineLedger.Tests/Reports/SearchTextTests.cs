using CineLedger.Reports.Search;

namespace CineLedger.Tests.Reports;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("toy story", "Toy Story", 0)]
    [InlineData("STORY toy", "Toy Story", 1)]
    [InlineData("mgm", "Metro-Goldwyn-Mayer (MGM)", 1)]
    [InlineData("goldwyn metro", "Metro-Goldwyn-Mayer (MGM)", 1)]
    [InlineData("flix", "Netflix", 2)]
    [InlineData("AMELIE", "Amélie", 0)]
    [InlineData("amélie", "Ame\u0301lie 2", 1)]
    [InlineData("toy stry", "Toy Story", null)]
    [InlineData("toy wars", "Toy Story", null)]
    public void A_name_matches_if_it_has_all_words(string text, string name, int? rank) => Assert.Equal(rank, new SearchText(text).Match(name));

    [Fact]
    public void A_text_without_words_searches_nothing()
    {
        Assert.Null(SearchText.Create([]));
        Assert.Null(SearchText.Create([" ", ""]));
    }

    [Fact]
    public void Similar_names_are_suggested_in_their_order()
    {
        string[] names = ["Walt Disney Pictures", "Warner Bros.", "Disney Channel", "Pixar Animation Studios"];
        Assert.Equal("no company matches 'dysney'. Did you mean 'Walt Disney Pictures' or 'Disney Channel'?", new SearchText("dysney").CreateNotFound("company", names).Message);
        Assert.Equal("no company matches 'xyzzy'.", new SearchText("xyzzy").CreateNotFound("company", names).Message);
    }
}
