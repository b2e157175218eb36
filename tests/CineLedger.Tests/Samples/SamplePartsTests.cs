using System.Text;
using CineLedger.Samples;

namespace CineLedger.Tests.Samples;

public class SamplePartsTests
{
    // The expected values are Python's output.
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("D'Arel", "\"D'Arel\"")]
    [InlineData("\"Heron\"", "'\"Heron\"'")]
    [InlineData("\"Heron's\"", "'\"Heron\\'s\"'")]
    [InlineData("a\\b", "'a\\\\b'")]
    [InlineData("a\u00a0b\u009a\u00ad", "'a\\xa0b\\x9a\\xad'")]
    [InlineData("é日本עִ😀", "'é日本עִ😀'")]
    [InlineData("\u200e\ufeff\U000e0001", "'\\u200e\\ufeff\\U000e0001'")]
    [InlineData("a\tb\nc\rd\0\u007f", "'a\\tb\\nc\\rd\\x00\\x7f'")]
    public void Text_is_quoted_as_Python_does(string text, string literal)
    {
        var buffer = new Utf8Buffer();
        buffer.AddLiteral(Encoding.UTF8.GetBytes(text));
        Assert.Equal(literal, Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1, "1e-06")]
    [InlineData(20, "2e-05")]
    [InlineData(82, "8.2e-05")]
    [InlineData(100, "0.0001")]
    [InlineData(11_712_900, "11.7129")]
    [InlineData(3_000_001, "3.000001")]
    public void Decimals_are_written_as_Python_does(long millionths, string expected)
    {
        var buffer = new Utf8Buffer();
        PythonFloat.Add(buffer, millionths);
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData("plain text's", "plain text's")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Fields_are_quoted_only_where_they_must_be(string content, string field)
    {
        var buffer = new Utf8Buffer(1);
        buffer.AddField(Encoding.UTF8.GetBytes(content));
        Assert.Equal(field, Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(45_466)]
    public void A_shuffle_gives_every_number_once(int count)
    {
        var shuffle = new Shuffle(count, key: 42);
        var numbers = Enumerable.Range(0, count).Select(i => shuffle[i]).ToList();
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), numbers.Order());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void The_ids_of_movies_are_distinct_and_MovieLens_ids_rise(int movies)
    {
        var ids = new MovieIds(new SampleOptions { Movies = movies });
        var indexes = Enumerable.Range(0, Math.Min(movies, 20_000)).Select(movie => movie * (movies / Math.Min(movies, 20_000))).ToList();
        Assert.Equal(indexes.Count, indexes.Select(movie => ids.GetTmdb(movie)).Distinct().Count());
        Assert.Equal(indexes.Count, indexes.Select(movie => ids.GetImdb(movie)).Distinct().Count());
        Assert.All(indexes.Zip(indexes.Skip(1)), pair => Assert.True(ids.GetMovieLens(pair.First) < ids.GetMovieLens(pair.Second)));
    }
}
