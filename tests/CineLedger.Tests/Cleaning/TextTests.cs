using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Cleaning;

public sealed class TextTests
{
    /// <summary>Random text with characters of one to four bytes and line ends in every combination.</summary>
    private static readonly Gen<string> Text =
        GenerateAny("a", "Z", " ", "é", "€", "🎬", "\r", "\n", "\r\n", "\0").Array[0, 40].Select(string.Concat);

    /// <summary>Implements the rules a second time, for comparison.</summary>
    private static string? WithLineFeeds(string text) =>
        text.Length == 0 ? null : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static Gen<string> GenerateAny(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void The_texts_of_a_movie_are_kept_in_one_block_as_each_would_be_alone() =>
        Text.Array[1, 8].Sample(texts =>
        {
            var bytes = texts.Select(Encoding.UTF8.GetBytes).ToArray();
            var block = new MovieTextBuffer(bytes.Sum(text => text.Length));
            var kept = new List<MovieText>();
            foreach (var text in bytes)
            {
                kept.Add(block.Add(text));
            }

            return kept.Select(text => text.Text).SequenceEqual(texts.Select(WithLineFeeds));
        });

    [Fact]
    public void A_movie_is_the_same_whether_its_texts_are_strings_or_bytes() =>
        Gen.Select(Text, Text).Sample((title, overview) =>
        {
            var bytes = (Title: Encoding.UTF8.GetBytes(title), Overview: Encoding.UTF8.GetBytes(overview));
            var block = new MovieTextBuffer(bytes.Title.Length + bytes.Overview.Length);
            var read = new Movie { Id = 1, TitleText = block.Add(bytes.Title), OverviewText = block.Add(bytes.Overview) };
            var expected = new Movie { Id = 1, Title = WithLineFeeds(title), Overview = WithLineFeeds(overview) };
            return read == expected && read.GetHashCode() == expected.GetHashCode() && new ContentHasher().Compute(read) == new ContentHasher().Compute(expected)
                && read.ToString() == expected.ToString();
        });

    [Fact]
    public void Pooled_strings_equal_the_original_text()
    {
        var common = new StringPool();
        Gen.OneOf(GenerateAny("en", "fr", "ne", "Released", "Rumored", "éé", "en\r\n", ""), Text).Sample(
            text => common.GetOrAdd(Encoding.UTF8.GetBytes(text)) == WithLineFeeds(text), threads: 1);
        Assert.Same(common.GetOrAdd("Released"u8), common.GetOrAdd("Released"u8));
    }

    [Fact]
    public void Decimals_are_counted_in_millionths() =>
        Gen.Select(Gen.Long[-999_999_999_999_999_999, 999_999_999_999_999_999], Gen.Int[0, 9]).Sample((digits, places) =>
        {
            var value = new decimal(Math.Abs(digits / 1_000_000)) / (decimal)Math.Pow(10, places) * Math.Sign(digits);
            return value.ToMillionths() == decimal.ToInt64(value * 1_000_000m);
        });

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1.50", 1_500_000L)]
    [InlineData("-0.000001", -1L)]
    [InlineData("0.0000019", 1L)]
    [InlineData("9223372036854.775807", long.MaxValue)]
    [InlineData("9223372036854", 9_223_372_036_854_000_000L)]
    [InlineData("-9223372036854.775808", long.MinValue)]
    public void A_decimal_is_converted_to_millionths(string value, long millionths) =>
        Assert.Equal(millionths, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture).ToMillionths());

    [Fact]
    public void A_decimal_beyond_64_bits_of_millionths_is_an_error() =>
        Assert.Throws<OverflowException>(() => 9_223_372_036_854.775808m.ToMillionths());
}
