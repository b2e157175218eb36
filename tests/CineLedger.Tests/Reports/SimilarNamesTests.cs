using CineLedger.Reports;

namespace CineLedger.Tests.Reports;

public sealed class SimilarNamesTests
{
    [Theory]
    [InlineData("StudioCanal", "Studio Canal")]
    [InlineData("Cruise/Wagner Productions", "Cruise-Wagner Productions")]
    [InlineData("Zanuck Company, The", "The Zanuck Company")]
    [InlineData("Millennium Films", "Millenium Films")]
    [InlineData("Gaumont Film Company", "Gaumont Film Companie")]
    [InlineData("Walt Disney Productions", "Walt Disney Production")]
    [InlineData("Bayerischer Rundfunk", "Bayrischer Rundfunk")]
    [InlineData("xPropaganda Films", "Propaganda Films")]
    public void Names_that_differ_little_are_found_among_many(string one, string other) => Assert.Equal([(one, other)], Find(one, other));

    [Theory]
    [InlineData("Channel 4", "Channel 5")]
    [InlineData("Star Partners II", "Star Partners III")]
    [InlineData("BBC", "NBC")]
    [InlineData("Oak Productions", "OB Productions")]
    [InlineData("Marvel Productions", "Marked Productions")]
    [InlineData("Warner Bros.", "Columbia")]
    public void Names_with_other_numbers_or_words_are_not_similar(string one, string other) => Assert.Empty(Find(one, other));

    /// <summary>Adds names that are not similar to each other, some with a common word.</summary>
    private static IEnumerable<(string, string)> Find(string one, string other)
    {
        var random = new Random(7);
        string[] names = [one, .. Enumerable.Range(0, 2_000).Select(at => $"{Word()} {Word()} {(at % 3 == 0 ? "Productions" : Word())}"), other];
        return SimilarNames.Find(names, TestContext.Current.CancellationToken).Keys.Select(pair => (names[pair.First], names[pair.Second]));

        string Word() => string.Concat(Enumerable.Range(0, 9).Select(_ => (char)('a' + random.Next(26))));
    }
}
