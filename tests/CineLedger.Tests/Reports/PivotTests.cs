using CineLedger.Model;
using CineLedger.Reports.Queries;
using static CineLedger.Tests.Reports.QueryText;

namespace CineLedger.Tests.Reports;

public sealed class PivotTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>
{
    [Fact]
    public async Task Values_become_columns_and_a_missing_group_has_no_movies_and_unknown_amounts()
    {
        Assert.Equal(["genre|2000|2001", "Comedy|2|0", "Drama|2|1", "Horror|0|1"], await ledger.TableAsync(ReadPivoted("year,genre", "year", "releases")));
        Assert.Equal(["year|Comedy|Drama|Horror", "2000|300000|350000|", "2001||10000|8000"], await ledger.TableAsync(ReadPivoted("year,genre", "genre", "revenue")));
        Assert.Equal(
            [
                "genre|2000 revenue_known|2000 roi|2001 revenue_known|2001 roi",
                "Comedy|1|1.999970000299997|0|", "Drama|2|1.999970000299997|1|-0.5", "Horror|0||1|0.14285714285714285",
            ],
            await ledger.TableAsync(ReadPivoted("year,genre", "year", "revenue_known,roi")));
    }

    [Fact]
    public async Task Totals_count_a_movie_once_in_each_column()
    {
        Assert.Equal(
            [
                "genre|2000 releases|2000 revenue|2000 rank_revenue|2001 releases|2001 revenue|2001 rank_revenue",
                "Comedy|2|300000|2|0||", "Drama|2|350000|1|1|10000|1", "Horror|0|||1|8000|2", "|3|350000||2|18000|",
            ],
            await ledger.TableAsync(ReadPivoted("year,genre", "year", "releases,revenue,rank:revenue") with { Totals = true }));

        // Movie 1 is a drama as well as a comedy, movie 5 is a horror movie without company.
        Assert.Equal(
            ["company|Comedy", "A|2", "B|2", "C|1", "|2"],
            await ledger.TableAsync(ReadPivoted("company,genre", "genre", "releases", "genre!=Drama") with { Totals = true }));
    }

    [Fact]
    public async Task Rows_are_ordered_and_selected_by_their_value_over_all_columns()
    {
        var query = ReadPivoted("year,genre", "year", "revenue");
        string[] all = ["genre|2000|2001", "Drama|350000|10000", "Comedy|300000|", "Horror||8000"];
        QueryOrder[] order = [new("revenue", IsDescending: true)];
        Assert.Equal(all, await ledger.TableAsync(query with { Order = order }));
        Assert.Equal([all[0], all[1]], await ledger.TableAsync(query with { Top = 1 }));
        Assert.Equal([all[0], all[2]], await ledger.TableAsync(query with { Order = order, Limit = 1, Offset = 1 }));
        Assert.Equal([all[0], all[1], "|350000|18000"], await ledger.TableAsync(query with { Order = order, Limit = 1, Totals = true }));
        Assert.Equal(["genre|2001|2000", "Comedy||300000", "Drama|10000|350000", "Horror|8000|"], await ledger.TableAsync(query with { Order = [new("year", true)] }));
        Assert.Equal([all[0], all[3], all[1], all[2]], await ledger.TableAsync(query with { Order = [new("genre", true)] }));
        Assert.Equal(["genre|2000", "Comedy|300000", "Drama|350000"], await ledger.TableAsync(ReadPivoted("year,genre", "year", "revenue", "year=2000")));
        Assert.Equal(["genre"], await ledger.TableAsync(ReadPivoted("year,genre", "year", "revenue", "year=1880")));
    }

    [Fact]
    public async Task The_total_that_shares_refer_to_is_a_row_if_its_measure_has_a_column()
    {
        // In 2001, a drama earned 10,000 and a horror movie 8,000; movie 7 has no genre, and its revenue is unknown.
        Assert.Equal(
            [
                "genre|2000 revenue|2000 revenue_share|2001 revenue|2001 revenue_share",
                "Comedy|300000|0.8571428571428571||", "Drama|350000|1|10000|0.5555555555555556", "Horror|||8000|0.4444444444444444", "All movies|350000||18000|",
            ],
            await ledger.TableAsync(ReadPivoted("year,genre", "year", "revenue,share(revenue)")));
        Assert.Equal(
            ["genre|2001 revenue_share|2001 revenue_all", "Drama|0.5555555555555556|18000", "Horror|0.4444444444444444|18000"],
            await ledger.TableAsync(ReadPivoted("year,genre", "year", "share(revenue)", "year=2001")));
    }

    [Theory]
    [InlineData("year,genre", "company", "--pivot: company is not in --by")]
    [InlineData("year", "year", "--pivot: the rows need a dimension too")]
    public void A_pivot_needs_rows_and_columns(string by, string pivot, string message) => AssertRefused(ReadPivoted(by, pivot, "releases"), message);

    [Fact]
    public void A_measure_without_a_value_over_all_columns_cannot_order_rows()
    {
        var query = ReadPivoted("year,genre", "year", "rank");
        AssertRefused(query with { Order = [new("rank", IsDescending: false)] }, "--order: rank has no value over all columns");
        AssertRefused(query with { Top = 3 }, "--top: rank has no value over all columns");
        AssertRefused(query with { ComparePreviousYear = true, Measures = [Measures.Parse("releases")] }, "--pivot: cannot be combined with --compare");
        AssertRefused(query with { Order = [new("2000", IsDescending: false)] }, "--order: this query has no column '2000'");
    }

    [Fact]
    public void Notes_say_whether_rows_or_columns_add_up()
    {
        Assert.Equal("A movie counts in full in each of its genre rows, so rows do not add up.", Note("year,genre", "year", totals: false));
        Assert.Equal("A movie counts in full in each of its genre columns, so columns do not add up.", Note("year,genre", "genre", totals: false));
        Assert.Equal(
            "A movie counts in full in each of its company and genre rows and columns; the total counts it once in each of its columns.",
            Note("company,genre", "genre", totals: true));

        static string Note(string by, string pivot, bool totals) => Assert.Single(QueryNotes.Get(ReadPivoted(by, pivot, "releases") with { Totals = totals }));
    }

    private static void AssertRefused(QueryRequest query, string message) =>
        Assert.StartsWith(message, Assert.Throws<UsageException>(() => QueryChecks.Check(query)).Message, StringComparison.Ordinal);
}
