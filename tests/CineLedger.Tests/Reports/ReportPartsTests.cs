using CineLedger.Reports;

namespace CineLedger.Tests.Reports;

public sealed class ReportPartsTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    public static TheoryData<ReportName, int> Splits => new(
        from report in Enum.GetValues<ReportName>() from films in (int[])[1, 2, 3, 4, 5, 9] select (report, films));

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task The_parts_of_a_report_are_the_report(ReportName report, int filmsPerPart)
    {
        var request = new ReportRequest { Report = report, Genres = report == ReportName.Companies ? ["Drama", "Comedy"] : [] };
        var parts = await ledger.PartsAsync(request, filmsPerPart);

        Assert.Equal(await ledger.RowsAsync(request), parts.SelectMany(rows => rows));
        Assert.Equal(report == ReportName.Genres ? 1 : (10 + filmsPerPart - 1) / filmsPerPart, parts.Count);
    }

    [Theory]
    [InlineData(Share.Equal, Aggregate.Avg, Popularity.Weighted)]
    [InlineData(Share.Full, Aggregate.Median, Popularity.VoteAverage)]
    public async Task The_parts_of_a_report_have_its_options(Share share, Aggregate aggregate, Popularity popularity)
    {
        foreach (var report in (ReportName[])[ReportName.Companies, ReportName.CompanyGenres])
        {
            var request = new ReportRequest { Report = report, Share = share, Aggregate = aggregate, Popularity = popularity, From = 1995 };
            Assert.Equal(await ledger.RowsAsync(request), (await ledger.PartsAsync(request, 3)).SelectMany(rows => rows));
        }
    }

    [Fact]
    public async Task A_report_in_another_order_or_of_a_few_rows_is_asked_for_whole()
    {
        Assert.Single(await ledger.PartsAsync(new() { Report = ReportName.Companies, Order = "revenue" }, 2));
        Assert.Single(await ledger.PartsAsync(new() { Report = ReportName.Companies, Limit = 3 }, 2));
    }
}
