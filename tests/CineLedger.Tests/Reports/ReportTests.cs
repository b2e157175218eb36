using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Tests.Reports;

public sealed class ReportTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    private static readonly ReportRequest Companies = new() { Report = ReportDefinition.Companies };
    private static readonly ReportRequest Genres = new() { Report = ReportDefinition.Genres };
    private static readonly ReportRequest CompanyGenres = new() { Report = ReportDefinition.CompanyGenres };

    [Fact]
    public async Task Companies_have_a_row_a_year_with_every_figure() =>
        Assert.Equal(
            [
                // year, company, releases, budget, revenue, profit, matched_profit, popularity, budget_known, revenue_known, profit_known
                "2000|A|3|110001|350000|239999|199999|5|2|2|1",
                "2000|B|2|110001|300000|189999|199999|5.5|2|1|1",
                "2001|B|1|20000|10000|-10000|-10000|3|1|1|1",
                "2000|C|1|10000||-10000||1|1|0|0",
                "2001|C|1|||||2.5|0|0|0",
                "2002|D|3|12000||-12000|||3|0|0",
            ],
            await ledger.RowsAsync(Companies));

    [Fact]
    public async Task Genres_have_a_row_a_year_the_most_popular_first() =>
        Assert.Equal(
            [
                // year, genre, rank, releases, popularity, budget, revenue, profit, matched_profit, budget_known, revenue_known, profit_known
                "2000|Drama|1|2|7|100001|350000|249999|199999|1|2|1",
                "2000|Comedy|2|2|5.5|110001|300000|189999|199999|2|1|1",
                "2001|Drama|1|1|3|20000|10000|-10000|-10000|1|1|1",
                "2001|Horror|2|1||7000|8000|1000|1000|1|1|1",
            ],
            await ledger.RowsAsync(Genres));

    [Fact]
    public async Task Genres_of_a_company_never_look_like_extra_movies() =>
        Assert.Equal(
            ["2000|A|Comedy|2|3", "2000|A|Drama|2|3", "2000|B|Comedy|2|2", "2000|B|Drama|1|2", "2001|B|Drama|1|1", "2000|C|Comedy|1|1"],
            await ledger.RowsAsync(CompanyGenres));

    [Theory]
    [InlineData(2001, null, "2001 2001 2002")]
    [InlineData(null, 2000, "2000 2000 2000")]
    [InlineData(2001, 2001, "2001 2001")]
    [InlineData(1990, 1999, "")]
    public async Task Years_bound_the_report_both_included(int? from, int? to, string years) =>
        Assert.Equal(years, string.Join(' ', await ledger.ColumnAsync(Companies with { From = from, To = to }, "year")));

    [Fact]
    public async Task Companies_and_genres_filter_by_exact_names()
    {
        Assert.Equal(["A", "C", "C"], await ledger.ColumnAsync(Companies with { Companies = ["C", "A", "a"] }, "company"));
        Assert.Equal(
            ["2000|A|2|100001|350000|249999|199999|7|1|2|1", "2000|B|1|100001|300000|199999|199999|10|1|1|1", "2001|B|1|20000|10000|-10000|-10000|3|1|1|1"],
            await ledger.RowsAsync(Companies with { Genres = ["Drama"] }));
        Assert.Equal(["2000|Comedy|1|1|1|10000||-10000||1|0|0"], await ledger.RowsAsync(Genres with { Companies = ["C"] }));
        Assert.Equal(["2000|B|Comedy|2|2"], await ledger.RowsAsync(CompanyGenres with { Companies = ["B"], Genres = ["Comedy"] }));
        Assert.Empty(await ledger.RowsAsync(Companies with { Companies = ["'; DROP TABLE movie; --"] }));
    }

    [Fact]
    public async Task A_genres_rank_counts_all_genres_regardless_of_filters() =>
        Assert.Equal(["2000|Comedy|2|2|5.5|110001|300000|189999|199999|2|1|1"], await ledger.RowsAsync(Genres with { Genres = ["Comedy"] }));

    [Fact]
    public async Task An_average_is_over_known_amounts_and_its_profit_over_movies_with_both() =>
        Assert.Equal(
            ["2000|A|3|55000.5|175000|199999|199999|5|2|2|1", "2000|C|1|10000||||1|1|0|0", "2001|C|1|||||2.5|0|0|0", "2002|D|3|4000|||||3|0|0"],
            await ledger.RowsAsync(Companies with { Aggregate = Aggregate.Avg, Companies = ["A", "C", "D"] }));

    [Fact]
    public async Task A_median_is_the_middle_value_or_the_mean_of_the_two_middle_values() =>
        Assert.Equal(
            ["55000.5", "2000"], await ledger.ColumnAsync(Companies with { Aggregate = Aggregate.Median, Companies = ["A", "D"] }, "budget"));

    [Theory]
    [InlineData(Popularity.Popularity, 5.0)]
    [InlineData(Popularity.VoteAverage, 7.0)]
    [InlineData(Popularity.VoteCount, 110 / 3.0)]
    // The global mean is (8 + 6 + 5 + 7) / 4 = 6.5. The weighted ratings, rounded to millionths, are 3621 / 534, 2881 / 444 and 6.5.
    [InlineData(Popularity.Weighted, (6.780898 + 6.488738 + 6.5) / 3)]
    public async Task Popularity_is_the_mean_of_the_chosen_value(Popularity popularity, double expected)
    {
        var actual = (await ledger.ColumnAsync(Companies with { Popularity = popularity, Companies = ["A"] }, "popularity")).Single();
        Assert.Equal(expected, double.Parse(actual, System.Globalization.CultureInfo.InvariantCulture), 12);
    }

    [Fact]
    public async Task Equal_shares_are_whole_dollars_that_add_up_to_the_amounts_exactly()
    {
        var shared = Companies with { Share = Share.Equal, From = 2000, To = 2000 };
        Assert.Equal(
            ["2000|A|3|53335|200000|146665|99999|5|2|2|1", "2000|B|2|53333|150000|96667|100000|5.5|2|1|1", "2000|C|1|3333||-3333||1|1|0|0"],
            await ledger.RowsAsync(shared));
        Assert.Equal(100_001 + 10_000, (await ledger.ColumnAsync(shared, "budget")).Sum(long.Parse));
        Assert.Equal(350_000, (await ledger.ColumnAsync(shared, "revenue")).Sum(amount => amount.Length > 0 ? long.Parse(amount) : 0));
        Assert.Equal(110_001, (await ledger.ColumnAsync(Genres with { Share = Share.Equal, To = 2000 }, "budget")).Sum(long.Parse));
    }

    [Fact]
    public async Task Rows_can_be_ordered_by_any_column_unknown_last_and_cut()
    {
        Assert.Equal(["D", "B", "C", "B", "A", "C"], await ledger.ColumnAsync(Companies with { Order = "profit" }, "company"));
        Assert.Equal(["A", "B", "B", "C", "D", "C"], await ledger.ColumnAsync(Companies with { Order = "profit", IsDescending = true }, "company"));
        Assert.Equal(["A", "D", "B"], await ledger.ColumnAsync(Companies with { Order = "releases", IsDescending = true, Limit = 3 }, "company"));
        foreach (var request in (ReportRequest[])[Companies, Genres, CompanyGenres])
        {
            Assert.All(ReportSql.GetColumns(request), column => Assert.NotEmpty(ReportSql.Build(request with { Order = column.Name }, 1).Text));
        }
    }

    [Fact]
    public async Task A_snapshot_reads_as_it_was_when_it_was_published()
    {
        var request = Companies with { Companies = ["B"], From = 2001 };
        Assert.Equal(["20000"], await ledger.ColumnAsync(request, "budget", snapshot: 1));
        Assert.Equal(["60000"], await ledger.ColumnAsync(request, "budget", snapshot: 2));
    }

    [Fact]
    public async Task Coverage_counts_the_movies_behind_a_report()
    {
        Assert.Equal(new Coverage(8, 1, 6, 3), await ledger.CoverageAsync(Companies));
        Assert.Equal(new Coverage(5, 1, 4, 4), await ledger.CoverageAsync(Genres));
        Assert.Equal(new Coverage(4, 1, 3, 3), await ledger.CoverageAsync(CompanyGenres));
        Assert.Equal(new Coverage(2, 1, 1, 2), await ledger.CoverageAsync(Companies with { To = 2000, Genres = ["Drama"] }));
        Assert.Equal(new Coverage(1, 0, 1, 0), await ledger.CoverageAsync(Genres with { Companies = ["C"] }) with { Undated = 0 });
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_similar_names()
    {
        var query = ReportSql.CreateQuery(new() { Report = ReportDefinition.Genres, Genres = ["Drama", "Dramma"] });
        var error = await Assert.ThrowsAsync<UsageException>(() => ledger.ResolveAsync(query));
        Assert.Equal("--genre: there is no genre 'Dramma'. Did you mean 'Drama' (4 movies)?", error.Message);
        Assert.Equal([new NameCandidate("genre", "Drama", 4)], error.Candidates);
    }

    [Theory]
    [InlineData(95, null, "--from: 95 is not a valid year; use a year from 1870, such as 1995.")]
    [InlineData(null, 19_999, "--to: 19999 is not a valid year")]
    public void A_year_without_cinema_is_refused(int? from, int? to, string expected) => Assert.Contains(
        expected, Assert.Throws<UsageException>(() => ReportSql.CreateQuery(Companies with { From = from, To = to })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(2030, null, "--from: the ledger has no movies of years from 2030; it has movies of 2000 to 2002.")]
    [InlineData(null, 1999, "--to: the ledger has no movies of years up to 1999; it has movies of 2000 to 2002.")]
    [InlineData(1990, 1995, "--from: the ledger has no movies of 1990 to 1995; it has movies of 2000 to 2002.")]
    [InlineData(2003, 2003, "--from: the ledger has no movies of 2003; it has movies of 2000 to 2002.")]
    public async Task Years_without_movies_are_refused(int? from, int? to, string expected)
    {
        var query = ReportSql.CreateQuery(Companies with { From = from, To = to });
        Assert.Equal(expected, (await Assert.ThrowsAsync<UsageException>(() => ledger.ResolveAsync(query))).Message);
    }

    [Theory]
    [InlineData(2002, null)]
    [InlineData(null, 2000)]
    [InlineData(1990, 2001)]
    public async Task Years_of_which_some_have_movies_are_accepted(int? from, int? to)
    {
        var query = ReportSql.CreateQuery(Companies with { From = from, To = to });
        Assert.Equal(query.Where, (await ledger.ResolveAsync(query)).Query.Where);
    }

    [Fact]
    public void A_contradictory_request_is_a_usage_error()
    {
        Assert.Contains("no column 'money'", Assert.Throws<UsageException>(() => ReportSql.Build(Companies with { Order = "money" }, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => ReportSql.Build(Companies with { From = 2001, To = 2000 }, 1));
    }

    [Fact]
    public void The_sql_can_be_shown_with_its_values_in_place()
    {
        var text = ReportSql.Build(Companies with { Companies = ["O'Neil $1"], From = 1990, Limit = 3 }, 7).ToInlinedSql();
        Assert.Contains("IN ('O''Neil $1')", text, StringComparison.Ordinal);
        Assert.Contains(">= 1990", text, StringComparison.Ordinal);
        Assert.Contains("m.since <= 7", text, StringComparison.Ordinal);
        Assert.EndsWith("LIMIT 3", text, StringComparison.Ordinal);
    }
}
