using CineLedger.Reports.Search;

namespace CineLedger.Tests.Reports;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("toy story", "Toy Story", MatchRank.WholeName)]
    [InlineData("STORY toy", "Toy Story", MatchRank.Beginnings)]
    [InlineData("mgm", "Metro-Goldwyn-Mayer (MGM)", MatchRank.Beginnings)]
    [InlineData("goldwyn metro", "Metro-Goldwyn-Mayer (MGM)", MatchRank.Beginnings)]
    [InlineData("flix", "Netflix", MatchRank.Parts)]
    [InlineData("AMELIE", "Amélie", MatchRank.WholeName)]
    [InlineData("amélie", "Ame\u0301lie 2", MatchRank.Beginnings)]
    [InlineData("toys", "“Toys”", MatchRank.Beginnings)]
    [InlineData("toys", "𝐀Toys", MatchRank.Parts)]
    [InlineData("toy stry", "Toy Story", null)]
    [InlineData("toy wars", "Toy Story", null)]
    public void A_name_matches_if_it_has_all_words(string text, string name, MatchRank? rank) => Assert.Equal(rank, new SearchText(text).Match(name));

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
