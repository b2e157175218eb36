using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

public sealed class QueryTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    [Fact]
    public async Task Movies_can_be_grouped_by_any_part_of_their_date()
    {
        Assert.Equal(["2000|3", "2001|3", "2002|3"], await RowsAsync("year", "releases"));
        Assert.Equal(["2000-Q2|3", "2001-Q2|3", "2002-Q2|3"], await RowsAsync("quarter", "releases"));
        Assert.Equal(["2000-06|3", "2001-06|3", "2002-06|3"], await RowsAsync("month", "releases"));
        Assert.Equal(["6|9"], await RowsAsync("month_of_year", "releases"));
        Assert.Equal(["2000|9"], await RowsAsync("decade", "releases"));
    }

    [Fact]
    public async Task Without_dimensions_there_is_one_row_of_all_movies_including_undated_ones()
    {
        Assert.Equal(["10|154001|373000"], await RowsAsync("", "releases,budget,revenue"));
        Assert.Equal(["0||"], await RowsAsync("", "releases,budget,revenue", "budget>1B"));
    }

    [Fact]
    public async Task Amounts_are_summed_up_and_the_rest_averaged_unless_a_measure_says_otherwise() => Assert.Equal(
        ["A|350000|175000|50000|300000|175000|5|10"],
        await RowsAsync("company", "revenue,revenue:avg,revenue:min,revenue:max,revenue:median,popularity,popularity:max", "company=A", "year=2000"));

    [Fact]
    public async Task Profit_uses_known_amounts_and_return_on_investment_uses_movies_with_both()
    {
        Assert.Equal(["A|239999|199999|1.999970000299997|1"], await RowsAsync("company", "profit,matched_profit,roi,profit_known", "company=A", "year=2000"));
        Assert.Equal(["B|1.99997|-0.5|0.749985"], await RowsAsync("company", "roi:max,roi:min,roi:avg", "company=B"));
        Assert.Equal(["2002|"], await RowsAsync("year", "roi", "year=2002"));
    }

    [Fact]
    public async Task Filters_on_grouped_names_select_rows_and_others_select_movies()
    {
        Assert.Equal(["A|2", "B|1"], await RowsAsync("company", "releases", "genre=Drama", "year=2000", "company!=C"));
        Assert.Equal(["Comedy|2", "Drama|3"], await RowsAsync("genre", "releases", "company=A", "company=B", "year>=2000", "year<=2001"));
        Assert.Equal(["D|3"], await RowsAsync("company", "releases", "genre is unknown", "company!=C"));
        Assert.Equal(["2001|2"], await RowsAsync("year", "releases", "company!=B", "year=2001"));
    }

    [Fact]
    public async Task Movies_can_be_filtered_by_amounts_dates_and_whether_a_value_is_known()
    {
        Assert.Equal(["3"], await RowsAsync("", "releases", "budget>=9k", "budget<100k"));
        Assert.Equal(["3"], await RowsAsync("", "releases", "release_date=2001-01-01..2001-12-31"));
        Assert.Equal(["1"], await RowsAsync("", "releases", "year is unknown"));
        Assert.Equal(["4"], await RowsAsync("", "releases", "budget is known", "revenue is known"));
        Assert.Equal(["2"], await RowsAsync("", "releases", "vote_average>=6.5"));
    }

    [Fact]
    public async Task Totals_count_a_movie_once_whatever_the_rows_do()
    {
        var query = Query("year,company", "releases,budget", "year=2000");
        Assert.Equal(["2000|A|3|110001", "2000|B|2|110001", "2000|C|1|10000", "||3|110001"], await ledger.RowsAsync(query with { Totals = true }));
        Assert.Equal(
            ["2000|A|3|53335", "2000|B|2|53333", "2000|C|1|3333", "||3|110001"],
            await ledger.RowsAsync(query with { Totals = true, Share = Share.Equal }));
        Assert.Equal(["2000|A|3|110001", "||3|110001"], await ledger.RowsAsync(query with { Totals = true, Limit = 1 }));
        Assert.Equal(["A|2", "|2"], await ledger.RowsAsync(Query("company", "releases", "company=A", "genre=Drama", "year=2000") with { Totals = true }));
    }

    [Fact]
    public async Task An_equal_share_of_two_dimensions_adds_up_to_the_amount()
    {
        var rows = await ledger.RowsAsync(Query("company,genre", "budget", "year=2000") with { Share = Share.Equal });
        Assert.Equal(["A|Comedy|28334", "A|Drama|25001", "B|Comedy|28333", "B|Drama|25000", "C|Comedy|3333"], rows);
        Assert.Equal(110_001, rows.Sum(row => long.Parse(row.Split('|')[2], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_top_rows_of_each_group_can_be_selected()
    {
        var query = Query("year,company", "budget") with { Top = 1 };
        Assert.Equal(["2000|A|110001", "2001|B|20000", "2002|D|12000"], await ledger.RowsAsync(query));
        Assert.Equal(
            ["2000|C|10000", "2002|D|12000", "2001|B|20000"],
            await ledger.RowsAsync(query with { Order = [new("budget", IsDescending: false)] }));
    }

    [Fact]
    public async Task A_rank_is_within_the_dimensions_before_the_last_and_is_computed_before_names_are_filtered()
    {
        Assert.Equal(["2000|Comedy|2|1", "2000|Drama|1|2"], await RowsAsync("year,genre", "rank,rank:budget", "year=2000"));
        Assert.Equal(["2000|Comedy|2"], await RowsAsync("year,genre", "rank", "year=2000", "genre=Comedy"));
    }

    [Fact]
    public async Task Each_row_can_be_compared_with_the_previous_year()
    {
        // B has revenue of 300,000 in 2000 and 10,000 in 2001. C has a movie in each year. A has none in 2001, which is also a change.
        Assert.Equal(
            [
                "2001|A|0|3|-3|-100||350000||",
                "2001|B|1|2|-1|-50|10000|300000|-290000|-96.66666666666667",
                "2001|C|1|1|0|0||||",
            ],
            await ledger.RowsAsync(Query("year,company", "releases,revenue", "year=2001") with { ComparePreviousYear = true }));
        Assert.Equal(
            ["2001-06|3|3|0|0"],
            await ledger.RowsAsync(Query("month", "releases", "month=2001-06") with { ComparePreviousYear = true }));
    }

    [Fact]
    public async Task Amounts_can_be_restated_in_dollars_of_another_year()
    {
        // 100,001 · 245.120 / 172.2 and 300,000 · 245.120 / 172.2, rounded.
        Assert.Equal(["142348|427038"], await ledger.RowsAsync(Query("", "budget,revenue", "year=2000", "genre=Drama", "genre=Comedy", "budget>=100k") with { Dollars = 2017 }));
        Assert.Equal(["100001|300000"], await ledger.RowsAsync(Query("", "budget,revenue", "year=2000", "budget>=100k") with { Dollars = 2000 }));
        Assert.Equal(245.120m, ConsumerPrices.GetIndex(2017));
        Assert.Null(ConsumerPrices.GetIndex(1912));
    }

    [Fact]
    public async Task The_weighted_rating_uses_the_given_constants()
    {
        // WR = v/(v+m)·R + m/(v+m)·C for movie 1, which has 100 votes with a mean of 8.
        var query = Query("", "weighted", "genre=Drama", "genre=Comedy", "budget=100001") with { WeightedVotes = 300, WeightedMean = 6 };
        Assert.Equal(["6.5"], await ledger.RowsAsync(query));
    }

    [Fact]
    public async Task Coverage_counts_each_movie_once_and_the_undated_ones_that_a_query_excludes()
    {
        Assert.Equal(new Coverage(8, 1, 6, 3), await ledger.CoverageAsync(Query("year,company", "releases")));
        Assert.Equal(new Coverage(9, 0, 7, 4), await ledger.CoverageAsync(Query("company", "releases")));
        Assert.Equal(new Coverage(2, 1, 1, 2), await ledger.CoverageAsync(Query("company", "releases", "genre=Drama", "year=2000")));
    }

    [Fact]
    public async Task A_report_equals_the_corresponding_query()
    {
        var query = Query("year,genre", "releases,popularity,budget", "year>=2000") with { Order = [new("year", false), new("popularity", true)] };
        var report = await ledger.RowsAsync(new ReportRequest { Report = ReportDefinition.Genres, From = 2000 });
        Assert.Equal(report.Select(row => row.Split('|')).Select(row => $"{row[0]}|{row[1]}|{row[3]}|{row[4]}|{row[5]}"), await ledger.RowsAsync(query));
    }

    [Fact]
    public async Task Names_in_conditions_become_those_of_the_ledger()
    {
        var (query, notes) = await ledger.ResolveAsync(Query("", "releases", "genre=drama", "company!=a.", "year!=1880"));
        Assert.Equal(["Drama", "A", 1880], query.Where.Select(filter => filter.Value));
        Assert.Empty(notes);
        (query, notes) = await ledger.ResolveAsync(Query("", "releases", "genre=Dra"));
        Assert.Equal(("Drama", "genre: 'Dra' was read as 'Drama'."), (query.Where[0].Value, Assert.Single(notes)));
    }

    [Theory]
    [InlineData("year>=2003", "no movies of years from 2003")]
    [InlineData("year<2000", "no movies of years up to 1999")]
    [InlineData("year=1880", "no movies of 1880")]
    [InlineData("year=1880..1890", "no movies of 1880 to 1890")]
    public async Task Conditions_on_years_without_movies_are_refused(string where, string expected) => Assert.Contains(
        expected, (await Assert.ThrowsAsync<CineLedger.Model.UsageException>(() => ledger.ResolveAsync(Query("", "releases", where)))).Message, StringComparison.Ordinal);

    private async Task<string[]> RowsAsync(string by, string measures, params string[] where) => await ledger.RowsAsync(Query(by, measures, where));

    private static QueryRequest Query(string by, string measures, params string[] where) => QueryText.Read(by, measures, where);
}
