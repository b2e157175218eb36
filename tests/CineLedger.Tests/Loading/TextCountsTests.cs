using System.Globalization;
using System.Text;
using CineLedger.Loading.Statistics;

namespace CineLedger.Tests.Loading;

/// <summary>Tests the limits of the counts of texts. The store suites compare their results with those of queries.</summary>
public sealed class TextCountsTests
{
    [Theory]
    [InlineData(4_096)]
    [InlineData(4_097)]
    public void Too_many_equally_frequent_texts_are_left_to_a_query(int texts)
    {
        var counts = new TextCounts(hasLengths: true);
        for (var movie = 0; movie < 2 * texts; movie++)
        {
            counts.Add(Encoding.UTF8.GetBytes(Format(movie % texts)));
        }

        counts.Count(new ulong[2 * texts], new ulong[2 * texts]);
        var isTooMany = texts > 4_096;
        Assert.Equal(isTooMany ? 0 : texts, counts.Frequent.Count);
        var found = counts.Summarize(Format);
        Assert.Equal(isTooMany, found is null);
        Assert.Equal(isTooMany ? null : "0000|0001|0002|0003|0004", found is null ? null : string.Join('|', found.MostFrequent.Select(text => text.Value)));
    }

    private static string Format(int text) => text.ToString("0000", CultureInfo.InvariantCulture);
}
