using System.Globalization;
using System.Text;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class NumberNotationTests
{
    private static readonly string[] Separators = [",", " ", "'", ".", "\u00a0", "\u202f"];
    private static readonly string[] DollarSigns = ["", "$", "$ ", "US$", "USD "];

    [Theory]
    [InlineData("$1,500,000", 1_500_000L, "currency sign, thousands separators")]
    [InlineData(" $2,787,965,087.00 ", 2_787_965_087L, "currency sign, thousands separators")]
    [InlineData("$ 1,500,000", 1_500_000L, "currency sign, thousands separators")]
    [InlineData("1 500 000", 1_500_000L, "thousands separators")]
    [InlineData("1\u00a0500\u202f000", 1_500_000L, "thousands separators")]
    [InlineData("1\u2009500\u2009000", 1_500_000L, "thousands separators")]
    [InlineData("1'500'000", 1_500_000L, "thousands separators")]
    [InlineData("1’500’000", 1_500_000L, "thousands separators")]
    [InlineData("1.500.000", 1_500_000L, "thousands separators")]
    [InlineData("1.500.000,00", 1_500_000L, "thousands separators, decimal comma")]
    [InlineData("1,204", 1_204L, "thousands separators")]
    [InlineData("USD 1500000", 1_500_000L, "currency sign")]
    [InlineData("US$1,500,000", 1_500_000L, "currency sign, thousands separators")]
    [InlineData("1500000 USD", 1_500_000L, "currency sign")]
    [InlineData("1,500,000 $", 1_500_000L, "currency sign, thousands separators")]
    [InlineData("$12.5M", 12_500_000L, "unit of thousands, millions or billions, currency sign")]
    [InlineData("12.5 million", 12_500_000L, "unit of thousands, millions or billions")]
    [InlineData("$1.2B", 1_200_000_000L, "unit of thousands, millions or billions, currency sign")]
    [InlineData("500K", 500_000L, "unit of thousands, millions or billions")]
    [InlineData("US$ 3 million", 3_000_000L, "unit of thousands, millions or billions, currency sign")]
    [InlineData("12.5 million USD", 12_500_000L, "unit of thousands, millions or billions, currency sign")]
    public async Task An_unambiguous_amount_is_read_in_every_notation_and_reported_once(string text, long amount, string form)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("budget", text)), Full(2, ("budget", text)));
        Assert.Equal([amount, amount], cleaned.Movies.Select(movie => movie.Budget));
        Assert.Equal(
            new Finding(FindingKind.Repair, Rules.SpreadsheetValue, "movies_metadata.csv", 2, null, "budget", $"{text} ({form})", 2), cleaned.Finding);
    }

    [Theory]
    [InlineData("333.13", Rules.InvalidNumber, " (not whole dollars, and without a unit such as millions)")]
    [InlineData("1,131.60", Rules.InvalidNumber, " (not whole dollars, and without a unit such as millions)")]
    [InlineData("$0.0000001M", Rules.InvalidNumber, " (not whole dollars, and without a unit such as millions)")]
    [InlineData("2.78797E+09", Rules.InvalidNumber, " (scientific notation: digits are lost)")]
    [InlineData("2.4e7", Rules.InvalidNumber, " (scientific notation: digits are lost)")]
    [InlineData("1.500", Rules.InvalidNumber, " ('.' may be a decimal mark or separate thousands)")]
    [InlineData("(500)", Rules.NegativeAmount, "")]
    [InlineData("($1,500,000)", Rules.NegativeAmount, "")]
    [InlineData("-$1,500,000", Rules.NegativeAmount, "")]
    [InlineData("$-5", Rules.NegativeAmount, "")]
    [InlineData("\u22125,000", Rules.NegativeAmount, "")]
    [InlineData("€3,000,000", Rules.ForeignCurrency, " (EUR)")]
    [InlineData("3.000.000 €", Rules.ForeignCurrency, " (EUR)")]
    [InlineData("INR 70000000", Rules.ForeignCurrency, " (INR)")]
    [InlineData("₹70,000,000", Rules.ForeignCurrency, " (INR)")]
    [InlineData("Rs. 70,000,000", Rules.ForeignCurrency, " (rupees)")]
    [InlineData("£1.5M", Rules.ForeignCurrency, " (GBP)")]
    [InlineData("A$1,000,000", Rules.ForeignCurrency, " (AUD)")]
    [InlineData("C$ 500", Rules.ForeignCurrency, " (CAD)")]
    [InlineData("HK$1,000", Rules.ForeignCurrency, " (HKD)")]
    [InlineData("$5,000 CAD", Rules.ForeignCurrency, " (CAD)")]
    [InlineData("12 million EUR", Rules.ForeignCurrency, " (EUR)")]
    [InlineData("¥900000000", Rules.ForeignCurrency, " (JPY or CNY)")]
    [InlineData("DEM 5000000", Rules.ForeignCurrency, " (DEM)")]
    [InlineData("1,50,000", Rules.InvalidNumber, "")]
    [InlineData("7,00,00,000", Rules.InvalidNumber, "")]
    [InlineData("1,500 000", Rules.InvalidNumber, "")]
    [InlineData("0,500,000", Rules.InvalidNumber, "")]
    [InlineData("1,5000", Rules.InvalidNumber, " (not whole dollars, and without a unit such as millions)")]
    [InlineData("12 apples", Rules.InvalidNumber, "")]
    [InlineData("12 apples $", Rules.InvalidNumber, "")]
    [InlineData("$12 - $15", Rules.InvalidNumber, "")]
    [InlineData("1995-10-30", Rules.InvalidNumber, "")]
    [InlineData("20,000,000,000,000", Rules.InvalidNumber, "")]
    public async Task Any_other_amount_is_unknown_and_the_finding_says_why(string text, string rule, string reason)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("revenue", text)));
        Assert.Null(cleaned.Movie.Revenue);
        Assert.Equal((FindingKind.Reject, rule, "revenue", text + reason), (cleaned.Finding.Kind, cleaned.Finding.Rule, cleaned.Finding.Field!, cleaned.Finding.Value!));
    }

    [Theory]
    [InlineData("Budget (Millions)", "12.5", 12_500_000L)]
    [InlineData("budget ($ millions)", "$12.5", 12_500_000L)]
    [InlineData("BUDGET (in millions)", "12.500", null)]
    [InlineData("budget (mil)", "12", 12_000_000L)]
    [InlineData("budget_in_millions", "0.125", 125_000L)]
    [InlineData("Budget in thousands", "1,500", null)]
    [InlineData("Budget in thousands", "1500", 1_500_000L)]
    [InlineData("Budget (thousands)", "1,500.5", 1_500_500L)]
    [InlineData("Budget (US$)", "1,500,000", 1_500_000L)]
    [InlineData("Budget (Millions)", "$1.2B", 1_200_000_000L)]
    [InlineData("Budget (Millions)", "0", null)]
    [InlineData("Budget (Millions)", "0.0000001", null)]
    public async Task The_name_of_a_column_may_hold_its_unit(string name, string text, long? amount)
    {
        var cleaned = await CleanedFile.CreateAsync($"id,title,popularity,{name},revenue,genres,production_companies,release_date\n1,A,1,\"{text}\",1000,,,\n");
        Assert.Equal(amount, cleaned.Movie.Budget);
        Assert.Equal(1000, cleaned.Movie.Revenue);
    }

    [Fact]
    public async Task A_second_column_of_the_same_amounts_in_another_unit_is_not_read()
    {
        var cleaned = await CleanedFile.CreateAsync("id,title,popularity,budget (millions),budget,revenue,genres,production_companies,release_date\n1,A,1,1.5,1500000,1000,,,\n");
        Assert.Equal(1_500_000, cleaned.Movie.Budget);
        Assert.Equal("budget (millions)", Assert.Single(cleaned.Findings, finding => finding.Rule == Rules.UnknownColumn).Field);
    }

    [Theory]
    [InlineData("budget", "1.500", "2.500.000", "1500")]
    [InlineData("budget", "1.500", "2.500.000,00", "1500")]
    [InlineData("budget", "1.500.000", "333.13", null)]
    [InlineData("budget", "1,500", "1,5", null)]
    [InlineData("budget", "1,500", "2,500,000", "1500")]
    [InlineData("vote_count", "1,204", "120.0", "1204")]
    [InlineData("vote_count", "1.204", "12.204.000", "1204")]
    [InlineData("vote_count", "1.204", "120", null)]
    [InlineData("vote_count", "5.000", "120", null)]
    [InlineData("vote_count", "5.000", "1.234.567", "5000")]
    [InlineData("vote_count", "1 204", "", "1204")]
    [InlineData("vote_count", "$5", "", null)]
    [InlineData("vote_count", "5K", "", null)]
    [InlineData("vote_count", "1.2E+03", "", null)]
    [InlineData("vote_average", "6,4", "7,1", "6.4")]
    [InlineData("vote_average", "6,4", "7.1", null)]
    [InlineData("vote_average", "6,412", "", "6.412")]
    [InlineData("popularity", "3,21", "", "3.21")]
    [InlineData("popularity", "3,214", "4,1", "3.214")]
    [InlineData("popularity", "3,214", "4.1", "3214")]
    [InlineData("popularity", "3,214", "", null)]
    [InlineData("popularity", "0,214", "", "0.214")]
    [InlineData("popularity", "3.214", "", "3.214")]
    [InlineData("popularity", "3.214", "2.001,5", "3214")]
    [InlineData("popularity", "1.00E-06", "", "0.000001")]
    [InlineData("popularity", "7,7E-05", "3,2", "0.000077")]
    [InlineData("popularity", "7,7E-05", "3.2", null)]
    [InlineData("runtime", "97,0", "", "97")]
    [InlineData("runtime", "97,5", "", "98")]
    [InlineData("runtime", "97,0", "81.0", null)]
    public async Task The_column_as_a_whole_shows_what_a_separator_means(string column, string text, string other, string? expected)
    {
        foreach (var rows in (MovieRow[][])[[Full(1, (column, text)), Full(2, (column, other))], [Full(2, (column, other)), Full(1, (column, text))]])
        {
            var cleaned = await CleanedFile.CreateAsync(rows);
            var field = MovieField.All.Single(field => field.SourceName == column);
            Assert.Equal(expected, field.Format(cleaned.Movies.Single(movie => movie.Id == 1)));
            Assert.Equal(expected is null, cleaned.Findings.Any(finding => finding is { Rule: Rules.InvalidNumber, MovieId: 1 }));
        }
    }

    [Fact]
    public async Task Each_column_has_its_own_decimal_mark()
    {
        var cleaned = await CleanedFile.CreateAsync(
            Full(1, ("popularity", "3,214"), ("budget", "1.500"), ("vote_average", "6,4")),
            Full(2, ("popularity", "4,1"), ("budget", "2.500.000"), ("vote_average", "")));
        Assert.Equal((3.214m, 1_500L, 6.4m), (cleaned.Movies[0].Popularity, cleaned.Movies[0].Budget, cleaned.Movies[0].VoteAverage));
    }

    [Fact]
    public void Any_amount_with_separators_keeps_its_value() =>
        Check.Sample(
            Gen.Select(
                Gen.Long[1_000_000, AmountParser.MaxValue],
                Gen.Int[0, Separators.Length - 1].Select(i => Separators[i]),
                Gen.Int[0, DollarSigns.Length - 1].Select(i => DollarSigns[i])),
            (amount, separator, prefix) =>
            {
                var digits = amount.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", separator, StringComparison.Ordinal);
                var read = NumberParser.ParseAmount(Encoding.UTF8.GetBytes($"{prefix}{digits} "), new DecimalMark(), 1);
                Assert.Equal((amount, Rules.SpreadsheetValue), ((long)read.Value!.Value, read.Rule));
            });

    [Fact]
    public void Any_decimal_with_a_comma_keeps_its_value_in_a_column_of_decimal_commas() =>
        Check.Sample(
            Gen.Long[0, 999_999_999],
            millionths =>
            {
                var mark = new DecimalMark();
                mark.Observe("3,21"u8);
                var value = millionths / 1_000_000m;
                var text = value.ToString("0.0#####", CultureInfo.InvariantCulture).Replace('.', ',');
                Assert.Equal(value, NumberParser.Parse(Encoding.UTF8.GetBytes(text), mark, 1_000_000_000, isWhole: false).Value);
            });

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("1.0", true)]
    [InlineData("0.0", false)]
    [InlineData("yes", true)]
    [InlineData("No", false)]
    [InlineData("Y", true)]
    [InlineData("n", false)]
    [InlineData("t", true)]
    [InlineData("F", false)]
    public async Task Booleans_may_be_numbers_and_words(string text, bool value)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("video", text)));
        Assert.Equal(value, cleaned.Movie.Video);
        Assert.Equal((Rules.SpreadsheetValue, $"{text} (another notation)"), (cleaned.Finding.Rule, cleaned.Finding.Value!));
    }
}
