using CineLedger.Charts;
using CineLedger.Export;
using CsCheck;

namespace CineLedger.Tests.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7.25, "7.25")]
    [InlineData(12_000, "12,000")]
    [InlineData(999_499, "999,499")]
    [InlineData(999_600, "999,600")]
    [InlineData(100e6, "100 m")]
    [InlineData(999.6e6, "1 bn")]
    [InlineData(1.5e9, "1.5 bn")]
    [InlineData(-250e6, "−250 m")]
    [InlineData(2.75e12, "2.75 tn")]
    public void An_amount_is_written_in_few_characters(double value, string text) => Assert.Equal(text, ShortNumber.Format(value));

    [Theory]
    [InlineData(0, 1.19e9, "0|500 m|1 bn")]
    [InlineData(0, 6.08e9, "0|2 bn|4 bn|6 bn")]
    [InlineData(0, 16, "0|5|10|15")]
    [InlineData(-30e6, 70e6, "−40 m|−20 m|0|20 m|40 m|60 m|80 m")]
    [InlineData(0, 0, "0|0.2|0.4|0.6|0.8|1")]
    public void Labels_are_round(double min, double largest, string labels) =>
        Assert.Equal(labels, string.Join('|', ChartScale.Create(min, largest).Labels.Select(ShortNumber.Format)));

    [Fact]
    public void Values_that_differ_little_do_not_start_at_zero() =>
        Assert.Equal([5.8, 6, 6.2], ChartScale.Create(5.83, 6.21, fromZero: false).Labels.Select(label => Math.Round(label, 6)).Where((_, i) => i % 2 == 0));

    [Fact]
    public void Fractional_counts_have_no_axis_label() => Assert.Equal([0, 1, 2], ChartScale.Create(0, 2).WithWholeSteps.Labels);

    [Theory]
    [InlineData(1_028_600_000, "$1.03 bn")]
    [InlineData(373_554_033, "$374 m")]
    [InlineData(-80_440_000, "−$80.4 m")]
    [InlineData(999_499_999, "$999 m")]
    [InlineData(12_000, "$12,000")]
    [InlineData(-0.0001, "$0")]
    [InlineData(999_600_000, "$1 bn")]
    public void Dollars_have_three_significant_digits(double value, string text) => Assert.Equal(text, ShortNumber.FormatDollars(value));

    [Theory]
    [InlineData(0.204, "20.4 %")]
    [InlineData(-1, "−100 %")]
    [InlineData(0.00123, "0.12 %")]
    public void Shares_are_percentages(double value, string text) => Assert.Equal(text, ShortNumber.FormatPercent(value));

    [Fact]
    public void The_first_rank_is_at_the_top()
    {
        var scale = ChartScale.CreateForRanks(3);
        Assert.Equal([1, 2, 3], scale.Labels);
        Assert.True(scale.GetPosition(1) > scale.GetPosition(3));
    }

    [Fact]
    public void The_axis_of_shares_ends_at_1() => Assert.Equal(1, ChartScale.Create(0, 1).UpToOne.High);

    [Fact]
    public void The_axis_includes_zero_and_every_value() =>
        Gen.Select(Gen.Double[-1e12, 1e12], Gen.Double[-1e12, 1e12]).Sample((one, other) =>
        {
            var scale = ChartScale.Create(Math.Min(one, other), Math.Max(one, other));
            Assert.All([0, one, other], value => Assert.InRange(scale.GetPosition(value), -1e-9, 1 + 1e-9));
            Assert.InRange(scale.Labels.Count(), 2, 13);
            Assert.Contains(scale.Labels, label => label == 0);
        });
}
