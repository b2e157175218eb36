using System.Globalization;
using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class NumberTests
{
    [Theory]
    [InlineData("", null, null)]
    [InlineData("0", 0L, null)]
    [InlineData("30000000", 30_000_000L, null)]
    [InlineData(" 42\u00a0", 42L, null)]
    [InlineData("10000000000000", 10_000_000_000_000L, null)]
    [InlineData("373554033.0", 373_554_033L, Rules.SpreadsheetValue)]
    [InlineData("5.000", 5L, Rules.SpreadsheetValue)]
    [InlineData("-1", null, Rules.NegativeAmount)]
    [InlineData("10000000000001", null, Rules.InvalidNumber)]
    [InlineData("99999999999999999999", null, Rules.InvalidNumber)]
    [InlineData("1.5", null, Rules.InvalidNumber)]
    [InlineData("1e6", null, Rules.InvalidNumber)]
    [InlineData("1,000", null, Rules.InvalidNumber)]
    [InlineData("$5", null, Rules.InvalidNumber)]
    [InlineData("GATORADE", null, Rules.InvalidNumber)]
    [InlineData("/ff9qCepilowshEtG2GYWwzt2bs4.jpg", null, Rules.InvalidNumber)]
    public void Amounts_are_whole_numbers(string text, long? value, string? rule)
    {
        Assert.Equal(rule, AmountParser.Parse(Encoding.UTF8.GetBytes(text), AmountParser.MaxValue, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("21.946943", "21.946943", null)]
    [InlineData("0.0", "0.0", null)]
    [InlineData("7", "7", null)]
    [InlineData("1.00E-06", "0.000001", null)]
    [InlineData(".5", "0.5", null)]
    [InlineData("0.0000014", "0.000001", Rules.RoundedNumber)]
    [InlineData("0.0000005", "0", Rules.RoundedNumber)]
    [InlineData("0.0000015", "0.000002", Rules.RoundedNumber)]
    [InlineData("1000000000", "1000000000", null)]
    [InlineData("1000000001", null, Rules.InvalidNumber)]
    [InlineData("1E+40", null, Rules.InvalidNumber)]
    [InlineData("-0.5", null, Rules.NegativeAmount)]
    [InlineData("NaN", null, Rules.InvalidNumber)]
    [InlineData("1.2.3", null, Rules.InvalidNumber)]
    [InlineData("1,5", null, Rules.InvalidNumber)]
    [InlineData("GATORADE", null, Rules.InvalidNumber)]
    public void Decimals_keep_six_places(string text, string? value, string? rule)
    {
        Assert.Equal(rule, DecimalParser.Parse(Encoding.UTF8.GetBytes(text), 1_000_000_000, out var read));
        Assert.Equal(value is null ? null : decimal.Parse(value, CultureInfo.InvariantCulture), read);
    }

    [Fact]
    public void Any_decimal_of_six_places_is_read_exactly() =>
        Check.Sample(
            Gen.Long[0, 999_999_999_999_999],
            millionths =>
            {
                var value = millionths / 1_000_000m;
                var rule = DecimalParser.Parse(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), 1_000_000_000m, out var read);
                Assert.Equal((null, value), (rule, read));
            });

    [Theory]
    [InlineData("862", 862L, false)]
    [InlineData(" 862 ", 862L, false)]
    [InlineData("862.0", 862L, true)]
    [InlineData("0", null, false)]
    [InlineData("-5", null, false)]
    [InlineData("+5", null, false)]
    [InlineData("862.5", null, false)]
    [InlineData("1997-08-20", null, false)]
    [InlineData("", null, false)]
    [InlineData(".0", null, true)]
    public void Ids_are_whole_numbers_above_zero(string text, long? id, bool spreadsheet)
    {
        Assert.Equal(id is not null, IdParser.TryParse(Encoding.UTF8.GetBytes(text), out var read, out var isSpreadsheet));
        Assert.Equal(spreadsheet, isSpreadsheet);
        if (id is not null)
        {
            Assert.Equal(id.Value, read);
        }
    }

    [Fact]
    public async Task Zero_amounts_and_minutes_are_unknown_but_zero_votes_are_not()
    {
        var movie = (await CleanedFile.CreateAsync(Full(1, ("budget", "0"), ("revenue", "0"), ("runtime", "0.0"), ("vote_count", "0"), ("vote_average", "0.0")))).Movie;
        Assert.Equal((null, null, null, 0, 0m), (movie.Budget, movie.Revenue, movie.Runtime, movie.VoteCount, movie.VoteAverage));
    }

    [Theory]
    [InlineData("81.0", 81, null)]
    [InlineData("81.5", 82, Rules.RoundedNumber)]
    [InlineData("100001", null, Rules.InvalidNumber)]
    [InlineData("-3", null, Rules.NegativeAmount)]
    public async Task Runtimes_are_whole_minutes(string text, int? minutes, string? rule)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("runtime", text)));
        Assert.Equal(minutes, cleaned.Movie.Runtime);
        Assert.Equal(rule, cleaned.Findings.SingleOrDefault()?.Rule);
    }

    [Theory]
    [InlineData("999", true)]
    [InlineData("1", true)]
    [InlineData("1000", false)]
    [InlineData("0", false)]
    public async Task An_amount_below_a_thousand_dollars_is_flagged_and_kept(string text, bool flagged)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("budget", text)));
        Assert.Equal(text == "0" ? null : long.Parse(text, CultureInfo.InvariantCulture), cleaned.Movie.Budget);
        Finding[] expected = flagged ? [new(FindingKind.Flag, Rules.SuspiciousAmount, "movies_metadata.csv", 2, 1, "budget", text)] : [];
        Assert.Equal(expected, cleaned.Findings);
    }

    [Theory]
    [InlineData("10.0", "10.0")]
    [InlineData("10.1", null)]
    public async Task A_mean_vote_above_ten_is_invalid(string text, string? value) =>
        Assert.Equal(
            value is null ? null : decimal.Parse(value, CultureInfo.InvariantCulture),
            (await CleanedFile.CreateAsync(Full(1, ("vote_average", text)))).Movie.VoteAverage);
}
