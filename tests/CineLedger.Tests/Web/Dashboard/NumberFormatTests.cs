using CineLedger.Web.Dashboard;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests how pages write numbers.</summary>
public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(0L, "$0")]
    [InlineData(999_999L, "$999,999")]
    [InlineData(1_000_000L, "$1.00 m")]
    [InlineData(828_600_000L, "$829 m")]
    [InlineData(99_960_000L, "$100 m")]
    [InlineData(999_600_000L, "$1.00 bn")]
    [InlineData(1_028_600_000L, "$1.03 bn")]
    [InlineData(-28_740_000_000L, "−$28.7 bn")]
    [InlineData(999_499_999_999L, "$999 bn")]
    [InlineData(1_234_000_000_000_000L, "$1,230 tn")]
    [InlineData(null, "–")]
    public void Amounts_have_three_significant_digits(long? amount, string text) => Assert.Equal(text.Replace(' ', '\u00A0'), NumberFormat.FormatShort(amount, Unit.Money));

    [Theory]
    [InlineData(0, "no")]
    [InlineData(1, "one")]
    [InlineData(9, "nine")]
    [InlineData(10, "10")]
    public void Small_counts_in_sentences_are_words(int count, string text) => Assert.Equal(text, NumberFormat.FormatSmallCount(count));

    [Fact]
    public void Exact_amounts_have_all_digits() => Assert.Equal("$1,028,600,001", NumberFormat.FormatExact(1_028_600_001L, Unit.Money));
}
