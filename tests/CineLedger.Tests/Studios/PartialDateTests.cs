using CineLedger.Model;

namespace CineLedger.Tests.Studios;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("2006-05-05", "2006-05-05", "2006-05-05")]
    [InlineData("2006-05", "2006-05-01", "2006-05-31")]
    [InlineData("2008-02", "2008-02-01", "2008-02-29")]
    [InlineData("2006", "2006-01-01", "2006-12-31")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    [InlineData("9999-12", "9999-12-01", "9999-12-31")]
    public void A_date_covers_its_days(string text, string first, string last) =>
        Assert.Equal((first, last), (PartialDate.Parse(text).First.ToString("yyyy-MM-dd", null), PartialDate.Parse(text).Last.ToString("yyyy-MM-dd", null)));

    [Theory]
    [InlineData("")]
    [InlineData("06")]
    [InlineData("0000")]
    [InlineData("2006-13")]
    [InlineData("2006-00")]
    [InlineData("2007-02-29")]
    [InlineData("2006-5-5")]
    [InlineData("2006/05/05")]
    [InlineData(" 2006")]
    [InlineData("20060505")]
    [InlineData("٢٠٠٦")]
    public void Any_other_text_is_no_date(string text) => Assert.Null(PartialDate.TryParse(text));
}
