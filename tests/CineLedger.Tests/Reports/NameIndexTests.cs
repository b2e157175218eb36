using CineLedger.Model;
using CineLedger.Reports.Search;

namespace CineLedger.Tests.Reports;

public sealed class NameIndexTests
{
    private static readonly string[] Titles =
    [
        "Toy Story", "Toy Story 2", "The Toy", "History of Toys", "Amélie", "Spider-Man", "A", "Toy Story", "Disney Channel",
        "Walt Disney Pictures", "Ocean's Eleven", "Oʻahu\nTwo",
    ];

    private static readonly NameIndex Index = NameIndex.Create(Titles.Select((title, i) => new FoundName(title, i, 1990 + i)));

    [Theory]
    [InlineData("toy story", "Toy Story,Toy Story,Toy Story 2,History of Toys")]
    [InlineData("STORY toy", "Toy Story,Toy Story 2,Toy Story,History of Toys")]
    [InlineData("amelie", "Amélie")]
    [InlineData("AMÉL", "Amélie")]
    [InlineData("man spider", "Spider-Man")]
    [InlineData("oʻahu two", "Oʻahu\nTwo")]
    [InlineData("pixar", "")]
    public void Whole_names_come_first_then_beginnings_of_words_in_the_order_of_importance(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Index.Find(new(text), 10).Select(name => name.Name)));

    [Fact]
    public void A_short_name_is_found_although_many_names_begin_like_it()
    {
        var many = NameIndex.Create([.. Enumerable.Range(0, 100).Select(i => new FoundName($"Avatar {i}", i, 0)), new("A", 100, 0)]);
        Assert.Equal([100L, 0, 1], many.Find(new("a"), 3).Select(name => name.Id));
    }

    [Theory]
    [InlineData("dysney", "Disney Channel,Walt Disney Pictures")]
    [InlineData("disny", "Disney Channel,Walt Disney Pictures")]
    [InlineData("disnney", "Disney Channel,Walt Disney Pictures")]
    [InlineData("dinsey", "Disney Channel,Walt Disney Pictures")]
    [InlineData("idsney", "Disney Channel,Walt Disney Pictures")]
    [InlineData("disnye", "Disney Channel,Walt Disney Pictures")]
    [InlineData("disneyx chanel", "Disney Channel")]
    [InlineData("oceans elven", "Ocean's Eleven")]
    [InlineData("disen", "Disney Channel,Walt Disney Pictures")]
    [InlineData("toystory", "Toy Story,Toy Story,Toy Story 2")]
    [InlineData("teh toy", "The Toy")]
    [InlineData("amleie", "Amélie")]
    [InlineData("spiderman", "Spider-Man")]
    [InlineData("spider-mn", "Spider-Man")]
    [InlineData("disnx", "")]
    [InlineData("dsyny", "")]
    [InlineData("toi", "")]
    public void One_letter_of_a_word_may_be_wrong_missing_too_many_or_swapped(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Index.FindSimilar(new(text), 10).Select(name => name.Name)));

    [Fact]
    public void Every_name_is_found_by_each_of_its_words_with_any_one_wrong_letter()
    {
        foreach (var title in Titles)
        {
            foreach (var word in NameFolding.RemoveAccents(title).Split(' ', '-', '\n').Where(word => word.Length >= 4))
            {
                for (var i = 0; i < word.Length; i++)
                {
                    foreach (var wrong in (string[])[word.Remove(i, 1), word.Insert(i, "q"), word.Remove(i, 1).Insert(i, "q"), Swap(word, i)])
                    {
                        if (wrong.Length >= 4)
                        {
                            Assert.True(Index.FindSimilar(new(wrong), 20).Any(found => found.Name == title), $"{wrong} does not find {title}");
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("piaxr", "Pixar,Pixar Animation Studios")]
    [InlineData("pixr", "Pixar,Pixar Animation Studios")]
    [InlineData("pxar", "Pixar,Pixar Animation Studios")]
    [InlineData("pixxar", "Pixar,Pixar Animation Studios")]
    [InlineData("wraner", "Warner,Warner Bros.")]
    [InlineData("warnre bros", "Warner Bros.")]
    [InlineData("coo", "Coco")]
    public void The_nearest_names_come_first(string text, string expected)
    {
        string[] names = ["Pixel Perfect", "Pixar Animation Studios", "Pixar", "Pixelated", "Warner Bros.", "Warner", "Garner", "Coco", "Cop"];
        var index = NameIndex.Create(names.Select(name => new FoundName(name, 0, 1)));
        Assert.Equal(expected, string.Join(',', index.FindSimilar(new(text), 10).Select(name => name.Name)));
    }

    [Fact]
    public void Two_names_of_one_movie_are_one_result_with_both()
    {
        var index = NameIndex.Create(
            [new("Life Is Beautiful", 637, 1997, "La vita è bella"), new("Bella", 2, 2006), new("Spirited Away", 129, 2001, "千と千尋の神隠し"), new("La La Land", 3, 2016)]);
        Assert.Equal([new("Life Is Beautiful", 637, 1997, "La vita è bella")], index.Find(new("la vita e bella"), 8));
        Assert.Equal(new("Life Is Beautiful", 637, 1997, "La vita è bella") { Rank = MatchRank.NearName }, Assert.Single(index.FindSimilar(new("la vita e bela"), 8)));
        Assert.Equal([129], index.Find(new("千尋"), 8).Select(name => name.Id));
        Assert.Equal([637], index.Find(new("beautiful"), 8).Select(name => name.Id));
        Assert.Equal([2L, 637], index.Find(new("bella"), 8).Select(name => name.Id));
        Assert.Equal([637L, 2, 3], index.Find(new("l"), 8).Select(name => name.Id).OrderBy(id => id == 637 ? 0 : id));
    }

    [Fact]
    public void Names_are_returned_as_they_are_written()
    {
        string[] names = ["Toy Story", "McDonald & Sons", "Amélie", "double  space", "a\tb", "ὈΔΥΣΣΕΎΣ", "千と千尋の神隠し", "straße", "ɐ\U0001F3AC", "", "x"];
        var index = NameIndex.Create(names.Select(name => new FoundName(name, 0, 1)));
        Assert.Equal(names, Enumerable.Range(0, index.Count).Select(at => index.Get(at).Name));
        Assert.Equal(["double  space"], index.Find(new("double space"), 9).Select(name => name.Name));
        Assert.Equal(["straße"], index.Find(new("STRASSE"), 9).Select(name => name.Name));
    }

    [Fact]
    public void The_index_finds_what_a_comparison_with_each_name_finds()
    {
        var random = new Random(5);
        string[] parts = ["an", "da", "ro", "TE", "é", "li", " ", " ", "-", "x"];
        var names = Enumerable.Range(0, 2_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 8)).Select(_ => parts[random.Next(parts.Length)])).Trim())
            .Where(name => name.Length > 0).ToList();
        var index = NameIndex.Create(names.Select((name, i) => new FoundName(name, i, 0)));
        for (var round = 0; round < 300; round++)
        {
            var text = new SearchText(names[random.Next(names.Count)].Trim('-', ' ') is { Length: > 0 } part ? part[..random.Next(1, part.Length + 1)] + "a" : "an");
            var expected = names.Select((name, i) => (Rank: text.Match(name), Id: i)).Where(at => at.Rank is not null).Select(at => (long)at.Id).Order();
            Assert.Equal(expected, index.Find(text, names.Count).Select(name => name.Id).Order());
        }
    }

    private static string Swap(string word, int at) => at == 0 ? word : $"{word[..(at - 1)]}{word[at]}{word[at - 1]}{word[(at + 1)..]}";
}
