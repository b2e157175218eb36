using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Cleaning;

public sealed class TextTests
{
    /// <summary>Letters of one to four bytes, and line ends in every combination.</summary>
    private static readonly Gen<string> Text =
        Any("a", "Z", " ", "é", "€", "🎬", "\r", "\n", "\r\n", "\0").Array[0, 40].Select(string.Concat);

    /// <summary>What the rules ask for, told otherwise.</summary>
    private static string? WithLineFeeds(string text) =>
        text.Length == 0 ? null : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void The_texts_of_a_film_are_kept_in_one_block_as_each_would_be_alone() =>
        Text.Array[1, 8].Sample(texts =>
        {
            var bytes = texts.Select(Encoding.UTF8.GetBytes).ToArray();
            var block = new TextBlock(bytes.Sum(text => text.Length));
            var kept = new List<MovieText>();
            foreach (var text in bytes)
            {
                kept.Add(block.Add(text));
            }

            return kept.Select(text => text.Text).SequenceEqual(texts.Select(WithLineFeeds));
        });

    [Fact]
    public void A_film_is_the_same_whether_its_texts_are_strings_or_bytes() =>
        Gen.Select(Text, Text).Sample((title, overview) =>
        {
            var bytes = (Title: Encoding.UTF8.GetBytes(title), Overview: Encoding.UTF8.GetBytes(overview));
            var block = new TextBlock(bytes.Title.Length + bytes.Overview.Length);
            var read = new Movie { Id = 1, TitleText = block.Add(bytes.Title), OverviewText = block.Add(bytes.Overview) };
            var told = new Movie { Id = 1, Title = WithLineFeeds(title), Overview = WithLineFeeds(overview) };
            return read == told && read.GetHashCode() == told.GetHashCode() && new ContentHash().Of(read) == new ContentHash().Of(told) && read.ToString() == told.ToString();
        });

    [Fact]
    public void Common_texts_are_those_that_stand_there()
    {
        var common = new CommonTexts();
        Gen.OneOf(Any("en", "fr", "ne", "Released", "Rumored", "éé", "en\r\n", ""), Text).Sample(
            text => common.Read(Encoding.UTF8.GetBytes(text)) == WithLineFeeds(text), threads: 1);
        Assert.Same(common.Read("Released"u8), common.Read("Released"u8));
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
    public void A_decimal_is_so_many_millionths(string value, long millionths) =>
        Assert.Equal(millionths, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture).ToMillionths());

    [Fact]
    public void A_decimal_beyond_64_bits_of_millionths_is_an_error() =>
        Assert.Throws<OverflowException>(() => 9_223_372_036_854.775808m.ToMillionths());
}
