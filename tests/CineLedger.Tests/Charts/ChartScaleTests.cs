using CineLedger.Charts;
using CsCheck;

namespace CineLedger.Tests.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7.25, "7.25")]
    [InlineData(12_000, "12,000")]
    [InlineData(999_499, "999,499")]
    [InlineData(999_600, "1 M")]
    [InlineData(100e6, "100 M")]
    [InlineData(999.6e6, "1 B")]
    [InlineData(1.5e9, "1.5 B")]
    [InlineData(-250e6, "-250 M")]
    [InlineData(2.75e12, "2.75 T")]
    public void An_amount_is_written_in_few_characters(double value, string text) => Assert.Equal(text, ChartScale.Format(value));

    [Theory]
    [InlineData(0, 1.19e9, "0|500 M|1 B")]
    [InlineData(0, 6.08e9, "0|2 B|4 B|6 B")]
    [InlineData(0, 16, "0|5|10|15")]
    [InlineData(-30e6, 70e6, "-40 M|-20 M|0|20 M|40 M|60 M|80 M")]
    [InlineData(0, 0, "0|0.2|0.4|0.6|0.8|1")]
    public void Labels_are_round(double min, double largest, string labels) =>
        Assert.Equal(labels, string.Join('|', ChartScale.Create(min, largest).Labels.Select(ChartScale.Format)));

    [Fact]
    public void Values_that_differ_little_do_not_start_at_zero() =>
        Assert.Equal([5.8, 6, 6.2], ChartScale.Create(5.83, 6.21, fromZero: false).Labels.Select(label => Math.Round(label, 6)).Where((_, i) => i % 2 == 0));

    [Fact]
    public void Fractional_counts_have_no_axis_label() => Assert.Equal([0, 1, 2], ChartScale.Create(0, 2).WithWholeSteps.Labels);

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
