using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Tests functions over groups by numbers computed by hand.</summary>
public sealed class GroupFunctionTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    [Fact]
    public async Task A_share_refers_to_all_movies_of_the_year_including_those_without_a_company()
    {
        // In 2001, movie 5 has no company and a revenue of 8,000. In 2002, no revenue is known.
        Assert.Equal(
            [
                "2000|A|350000|1|350000", "2000|B|300000|0.8571428571428571|350000", "2000|C|||350000",
                "2001|B|10000|0.5555555555555556|18000", "2001|C|||18000", "2002|D|||",
            ],
            await RowsAsync("year,company", "revenue,share(revenue)"));
    }

    [Fact]
    public async Task A_share_refers_to_the_movies_of_the_other_dimensions()
    {
        Assert.Equal(["Comedy|0.2|10", "Drama|0.4|10", "Horror|0.1|10"], await RowsAsync("genre", "share(releases)"));
        Assert.Equal(
            ["A|Comedy|0.5|4", "A|Drama|0.75|4", "B|Comedy|0.6666666666666666|3", "B|Drama|0.6666666666666666|3", "C|Comedy|0.5|2"],
            await RowsAsync("company,genre", "share(releases)"));
        Assert.Equal(["2000|0.3333333333333333|9", "2001|0.3333333333333333|9", "2002|0.3333333333333333|9"], await RowsAsync("year", "share(releases)"));
        Assert.Equal(["A|2000|1|3", "B|2000|0.6666666666666666|3", "B|2001|0.3333333333333333|3"], await RowsAsync("company,year", "share(releases)", "company!=C", "company!=D"));
    }

    [Fact]
    public async Task A_filter_on_the_last_dimension_selects_rows_and_any_other_filter_movies()
    {
        Assert.Equal(["2001|B|0.5555555555555556|18000"], await RowsAsync("year,company", "share(revenue)", "company=B", "year=2001"));
        Assert.Equal(["2001|B|1|10000"], await RowsAsync("year,company", "share(revenue)", "genre=Drama", "year=2001"));
        Assert.Equal(["2000|0.5|6", "2001|0.5|6"], await RowsAsync("year", "share(releases)", "year<=2001"));
    }

    [Fact]
    public async Task A_share_has_the_denominator_of_each_movie_once_when_amounts_are_split()
    {
        // 53,335, 53,333 and 3,333 of 110,001.
        var query = QueryText.Read("year,company", "share(budget)", "year=2000") with { Share = Share.Equal, Totals = true };
        Assert.Equal(
            ["2000|A|0.4848592285524677|110001", "2000|B|0.48484104689957364|110001", "2000|C|0.030299724547958654|110001", "||1|110001"],
            await ledger.RowsAsync(query));
    }

    [Fact]
    public async Task A_total_row_has_the_share_of_all_rows_together()
    {
        Assert.Equal(
            ["A|0.9517426273458445|373000|1", "B|0.8310991957104558|373000|2", "|0.9785522788203753|373000|"],
            await ledger.RowsAsync(QueryText.Read("company", "share(revenue),rank:revenue") with { Totals = true, Top = 2 }));
        Assert.Equal(
            ["2001|B|0.5555555555555556|18000|1", "||0.5555555555555556|18000|"],
            await ledger.RowsAsync(QueryText.Read("year,company", "share(revenue),rank:revenue", "company=B", "year=2001") with { Totals = true }));
        Assert.Equal(["2001|B|1", "2001|C|2", "||"], await ledger.RowsAsync(QueryText.Read("year,company", "rank:revenue", "year=2001") with { Totals = true }));
    }

    [Fact]
    public async Task A_share_of_a_loss_is_unknown() => Assert.Equal(
        ["2000|A|1|50000", "2001|B||-10000", "2001|C||-10000", "2002|D||-12000"],
        await RowsAsync("year,company", "share(profit)", "genre!=Comedy", "genre!=Horror"));

    [Fact]
    public async Task Notes_and_coverage_say_what_a_share_refers_to()
    {
        var query = QueryText.Read("year,company", "share(revenue)", "company=B");
        Assert.Contains("Shares refer to all movies of the same year, each counted once, including those without a company.", QueryNotes.Get(query));
        var coverage = await ledger.CoverageAsync(query);
        Assert.Equal((3, 3, 2), (coverage.Movies, coverage.BudgetKnown, coverage.RevenueKnown));
        Assert.Equal(new AmountCoverage(9, 7, 4), coverage.ShareOf);
        Assert.Contains("Shares refer to 9 movies (budget known for 7, revenue for 4).", coverage.AllNotes);
        Assert.Null((await ledger.CoverageAsync(QueryText.Read("year,company", "revenue"))).ShareOf);
        Assert.Contains("Shares refer to all movies of the query, each counted once.", QueryNotes.Get(QueryText.Read("year", "share(revenue)")));
    }

    [Fact]
    public async Task The_largest_shares_can_be_selected_and_sorted()
    {
        var query = QueryText.Read("year,company", "share(revenue)") with { Top = 1, Order = [new("revenue_share", IsDescending: true)] };
        Assert.Equal(["2000|A|1|350000", "2001|B|0.5555555555555556|18000", "2002|D||"], await ledger.RowsAsync(query));
    }

    [Fact]
    public async Task Changes_totals_and_moving_averages_follow_the_names_from_year_to_year()
    {
        const string measures = "revenue,change(revenue),change_percent(revenue),total(revenue),mean3(revenue)";
        string[] rows = ["2000|A|350000|||350000|350000", "2000|B|300000|||300000|300000", "2000|C|||||", "2001|B|10000|-290000|-96.66666666666667|310000|155000", "2001|C|||||", "2002|D|||||"];
        Assert.Equal(rows, await RowsAsync("year,company", measures));
        Assert.Equal(
            ["A|2000|350000|||350000|350000", "B|2000|300000|||300000|300000", "B|2001|10000|-290000|-96.66666666666667|310000|155000", "C|2000|||||", "C|2001|||||", "D|2002|||||"],
            await RowsAsync("company,year", measures));
        Assert.Equal(["2001|B|10000|-290000|-96.66666666666667|10000|155000"], await RowsAsync("year,company", measures, "year=2001", "company=B"));
        var query = QueryText.Read("year,company", "change(revenue)", "year>=2001");
        Assert.Contains("Changes and moving averages also use periods before the selected ones.", QueryNotes.Get(query));
        Assert.DoesNotContain(QueryNotes.Get(query), note => note.Contains("Running totals", StringComparison.Ordinal));
        Assert.Equal(["2001|B|-290000", "||"], await ledger.RowsAsync(query with { Totals = true, Top = 1, Limit = 1 }));
    }

    private async Task<string[]> RowsAsync(string by, string measures, params string[] where) => await ledger.RowsAsync(QueryText.Read(by, measures, where));
}
