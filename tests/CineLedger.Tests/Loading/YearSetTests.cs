using CineLedger.Loading;
using CineLedger.Model;

namespace CineLedger.Tests.Loading;

public sealed class YearSetTests
{
    [Theory]
    [InlineData("2016", "2016")]
    [InlineData("2010-2012", "2010 2011 2012")]
    [InlineData(" 2010 , 2012-2013", "2010 2012 2013")]
    public void Years_are_a_single_year_a_range_or_a_list(string text, string years) =>
        Assert.Equal(years, string.Join(' ', Enumerable.Range(1990, 60).Where(year => YearSet.Parse(text).Contains(year))));

    [Fact]
    public void Undated_movies_belong_to_no_year() => Assert.False(YearSet.Parse("1800-9999").Contains(null));

    [Theory]
    [InlineData("")]
    [InlineData("16")]
    [InlineData("2016-2010")]
    [InlineData("2010-2012-2014")]
    [InlineData("2016,")]
    [InlineData("last")]
    public void An_invalid_year_is_a_usage_error(string text) =>
        Assert.Contains("use 2016, 2010-2016", Assert.Throws<UsageException>(() => YearSet.Parse(text)).Message, StringComparison.Ordinal);
}
