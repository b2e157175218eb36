using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Growth over several years, which is the same on every engine.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task Growth_is_between_the_ends_of_the_years_and_a_trend_needs_every_year_on_every_engine()
    {
        await LoadAsync(
            Create(1, "2010-01-05", "100", "A", "en"), Create(2, "2011-03-05", "120", "A", "en"), Create(3, "2012-01-07", "144", "A", "en"),
            Create(4, "2010-05-01", "50", "B", "en"), Create(5, "2012-02-02", "200", "B", "fr"), Create(6, "2010-12-31", "0", "C", "en"), Create(7, "2012", "5", "C", "fr"), Create(8, "2010", "100", "D", "fr"),
            Create(9, "2011-01-01", "100", "D", "fr"), Create(10, "2012-01-01", "81", "D", "fr"), Create(11, "2009", "7", "A", "en"), Create(12, "2013", "9", "D", "en"));
        const string measures = "cagr(revenue),slope(revenue),cagr(releases),slope(releases),slope(revenue:avg)";
        string[] rows = ["A|0.2|22|0|0|22", "B|1||0||", "C|||0||", "D|-0.1|-9.5|0|0|-9.5"];
        var query = QueryText.Read("company", measures, "year=2010..2012") with { MinMovies = 1 };
        Assert.Equal(rows, await QueryAsync(query));
        Assert.Equal([rows[1], rows[0], "|||||"], await QueryAsync(query with { Totals = true, Limit = 2, Order = [new("revenue_cagr", IsDescending: true)] }));
        Assert.Equal([rows[3]], await QueryAsync(query with { Where = QueryText.Read("", "releases", "year=2010..2012", "company=D").Where }));
        Assert.Equal(
            ["A|0.2|22", "D|-0.1|-9.5"],
            await QueryAsync(QueryText.Read("company", "cagr(revenue),slope(revenue)", "year>2009", "year<2013", "company!=B", "company!=C") with { MinMovies = 1 }));
        Assert.Equal(["0.311488|90|0|0|12.083333333333336"], await QueryAsync(query with { By = [] }));
        Assert.Equal([""], (await QueryAsync(query with { By = [], MinMovies = 5 })).Select(row => row.Trim('|')));
        Assert.Equal(["A", "B", "C", "D"], (await QueryAsync(query with { MinMovies = 2 })).Select(row => row.Trim('|')));

        // A movie of two years earlier does not count, and one without a known amount does not count towards the minimum.
        var coverage = await ReportRunner.ReadCoverageAsync(Connection, query, await SnapshotRows.FindAsync(Connection, 1, Cancel), Cancel);
        Assert.Contains(
            "revenue_cagr is the growth per year from 2010 to 2012, unknown with fewer than 1 movies with known revenue in one of the two years: "
                + "in 1 of 4 rows (min-movies changes the minimum).",
            coverage.Notes);
        Assert.Contains(
            "releases_slope is the least-squares trend per year from 2010 to 2012, unknown with fewer than 1 movies in any of the years: "
                + "in 2 of 4 rows (min-movies changes the minimum).",
            coverage.Notes);
    }

    [Fact]
    public async Task Growth_of_split_amounts_and_of_pivoted_names_is_that_of_each_group_on_every_engine()
    {
        await LoadAsync(
            Create(1, "2010-01-05", "100", "AB", "en"), Create(2, "2011-03-05", "50", "A", "fr"), Create(3, "2012-01-07", "200", "A", "en"),
            Create(4, "2012-05-01", "400", "B", "fr"));
        var query = QueryText.Read("company", "cagr(revenue)", "year=2010..2012") with { MinMovies = 1, Share = Share.Equal };
        Assert.Equal(["A|1", "B|1.828427"], await QueryAsync(query));
        Assert.Equal(["A|0.414214", "B|1"], await QueryAsync(query with { Share = Share.Full }));
        Assert.Equal(["A|0.414214|", "B||"], await QueryAsync(QueryText.ReadPivoted("company,language", "language", "cagr(revenue)", "year=2010..2012") with { MinMovies = 1 }));
    }

    [Fact]
    public async Task Changes_in_percent_of_few_movies_come_last_on_every_engine()
    {
        await LoadAsync(
            Create(1, "2010-01-05", "100", "A", "en"), Create(2, "2010-03-05", "100", "A", "en"), Create(3, "2011-01-07", "300", "A", "en"),
            Create(4, "2011-05-01", "100", "A", "en"), Create(5, "2010-02-02", "1", "B", "en"), Create(6, "2010-12-31", "0", "B", "en"), Create(7, "2011-02-02", "500", "B", "fr"), Create(8, "2011-12-31", "5", "B", "fr"));
        var query = QueryText.Read("company,year", "revenue") with { ComparePreviousYear = true, Order = [new("revenue_percent", IsDescending: true)] };
        string[] rows = ["A|2011|400|200|200|100", "B|2011|505|1|504|50400"];
        Assert.Equal(rows, (await QueryAsync(query with { MinMovies = 2 })).Where(row => row.Contains("2011", StringComparison.Ordinal)));
        Assert.Equal(rows.Reverse(), (await QueryAsync(query with { MinMovies = 1 })).Take(2));
        var function = QueryText.Read("company,year", "revenue,change_percent(revenue)") with { MinMovies = 2, Order = [new("revenue_change_percent", IsDescending: true)] };
        Assert.Equal(["A|2011|400|100", "A|2010|200|"], (await QueryAsync(function)).Take(2));
        Assert.Equal(["A|2011|400|100", "B|2011|505|50400"], await QueryAsync(function with { Where = QueryText.Read("", "releases", "year=2011").Where }));
        Assert.Equal(["B|2011|505|50400"], (await QueryAsync(function with { MinMovies = 1, Totals = true })).Take(1));
    }
    [Fact]
    public async Task Returns_of_few_movies_come_last_in_the_order_of_their_values_on_every_engine()
    {
        await LoadAsync(
            CreateReturn(1, "A", 150), CreateReturn(2, "A", 150), CreateReturn(3, "B", 300), CreateReturn(4, "B", 300), CreateReturn(5, "C", 900), CreateReturn(6, "D", 200));
        var query = QueryText.Read("company", "roi") with { MinMovies = 2, Order = [new("roi", IsDescending: true)] };
        Assert.Equal(["B|2", "A|0.5", "C|8", "D|1"], await QueryAsync(query));
        Assert.Equal(["C|8", "B|2", "D|1", "A|0.5"], await QueryAsync(query with { MinMovies = 1 }));
        Assert.Equal(["A|0.5", "B|2", "D|1", "C|8"], await QueryAsync(query with { Order = [new("roi", IsDescending: false)] }));
        Assert.Equal(["B|2", "A|0.5"], await QueryAsync(query with { Limit = 2, Totals = false }));
        Assert.Equal(["2010|B|2"], await QueryAsync(QueryText.Read("year,company", "roi") with { MinMovies = 2, Top = 1 }));
        Assert.Equal(["B|2", "A|0.5", "C|8", "D|1", "|2.333333"], (await QueryAsync(query with { Totals = true })).Select(row => row.Length > 9 ? row[..9] : row));
    }

    private static MovieRow CreateReturn(int id, string company, int revenue) => Bare(
        id, ("release_date", "2010-05-05"), ("budget", "100000"), ("revenue", $"{revenue}000"), ("production_companies", $"[{{'name': '{company}', 'id': {(int)company[0]}}}]"));
}
