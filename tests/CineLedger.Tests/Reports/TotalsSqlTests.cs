using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Which queries the totals of a snapshot answer. The store suite compares their rows.</summary>
public sealed class TotalsSqlTests
{
    [Theory]
    [InlineData("year,genre", "roi:avg", "")]
    [InlineData("year", "revenue:avg", "")]
    [InlineData("year", "runtime", "")]
    [InlineData("year", "weighted", "")]
    [InlineData("month", "releases", "")]
    [InlineData("year,genre,company", "releases", "")]
    [InlineData("year,country", "releases", "")]
    [InlineData("genre", "releases", "")]
    [InlineData("year", "releases", "genre!=Drama")]
    [InlineData("year", "releases", "genre is known")]
    [InlineData("year,company", "releases", "genre=Drama")]
    [InlineData("year", "releases", "status=Planned")]
    [InlineData("year", "releases", "revenue>1000")]
    [InlineData("year,company", "company_releases", "")]
    [InlineData("year,genre", "change(revenue)", "year=2000..2005")]
    [InlineData("genre", "cagr(revenue)", "year=2000..2005")]
    public void A_query_that_needs_more_than_totals_reads_movies(string by, string measures, string where) =>
        Assert.False(TotalsSql.Covers(QueryText.Read(by, measures, where.Length > 0 ? [where] : [])));

    [Fact]
    public void Queries_that_split_convert_compare_or_total_amounts_read_movies()
    {
        var query = QueryText.Read("year,genre", "revenue");
        Assert.True(TotalsSql.Covers(query));
        Assert.All(
            [
                query with { Share = Share.Equal }, query with { Dollars = 2017 }, query with { Totals = true }, query with { ComparePreviousYear = true },
                query with { CompareSnapshot = 1 }, query with { Aggregate = Aggregate.Median },
            ],
            other => Assert.False(TotalsSql.Covers(other)));
    }
}
