using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Functions over groups, which give the same rows on every engine.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task A_share_counts_each_movie_once_in_its_total_on_every_engine()
    {
        await LoadAsync(
            Create(1, "1995-10-30", "100", "AB", "en"), Create(2, "1995-10-30", "300", "A", "fr"), Create(3, "1995-10-31", "200", "", "en"), Create(4, "1996-01-01", "0", "A", ""),
            Create(5, "1996-02-01", "400", "B", "fr"));
        Assert.Equal(
            ["1995|A|0.6666666666666666|600|1", "1995|B|0.16666666666666666|600|2", "1996|A||400|2", "1996|B|1|400|1"],
            await QueryAsync("year,company", "share(revenue),rank(revenue)"));
        Assert.Equal(["1995|B|0.16666666666666666|600|2"], await QueryAsync("year,company", "share(revenue),rank(revenue)", "company=B", "year=1995"));
        Assert.Equal(["A|0.6|5|1", "B|0.4|5|2"], await QueryAsync("company", "share(releases),rank(releases)"));

        // A column of the movie behaves like a list of names: a filter on it selects rows, and movies without a value count in the total.
        Assert.Equal(["1995|en|0.5|600|1", "1995|fr|0.5|600|1", "1996|fr|1|400|1"], await QueryAsync("year,language", "share(revenue),rank(revenue)"));
        Assert.Equal(["en|0.4|5|2", "fr|0.4|5|1"], await QueryAsync("language", "share(releases),rank(revenue)"));
        Assert.Equal(["en|0.4|5|2"], await QueryAsync("language", "share(releases),rank(revenue)", "language=en"));
        Assert.Equal(["fr|0.4|5|1"], await QueryAsync("language", "share(releases),rank(revenue)", "language!=en"));
        Assert.Equal(["1995|A|1|300"], await QueryAsync("year,company", "share(revenue)", "company=A", "year=1995", "language=fr"));

        var totals = QueryText.Read("year,company", "releases,share(revenue),rank:revenue", "company=B");
        Assert.Equal(["1995|B|1|0.16666666666666666|600|2", "1996|B|1|1|400|1", "||2|0.5|1000|"], await QueryAsync(totals with { Totals = true }));
        Assert.Equal(["en|0.4|5", "|0.4|5"], await QueryAsync(QueryText.Read("language", "share(releases)", "language=en") with { Totals = true }));
        Assert.Equal(
            ["1995|A|0.5833333333333334|600", "1995|B|0.08333333333333333|600"],
            await QueryAsync(QueryText.Read("year,company", "share(revenue)", "year=1995") with { Share = Share.Equal }));
    }

    [Fact]
    public async Task Functions_over_periods_use_the_real_earlier_periods_on_every_engine()
    {
        await LoadAsync(
            Create(1, "2010-01-05", "100", "A", "en"), Create(2, "2010-03-05", "400", "A", "en"), Create(3, "2011-01-07", "300", "A", "en"), Create(4, "2013-05-01", "0", "A", "en"),
            Create(5, "2014-02-02", "500", "A", "en"), Create(6, "2009-12-31", "40", "B", "en"), Create(7, "2010", "60", "B", "fr"));
        const string measures = "change(revenue),change(releases),total(revenue),mean3(revenue),mean3(revenue:avg),mean5(releases)";
        Assert.Equal(
            ["2010|A|||500|500|250|2", "2011|A|-200|-1|800|400|275|1.5", "2013|A|||800|300|300|1.3333333333333333", "2014|A||0|1300|500|500|1.25"],
            await QueryAsync("year,company", measures, "company=A"));
        Assert.Equal(["2013|A|||300|300|300|1.3333333333333333", "2014|A||0|800|500|500|1.25"], (await QueryAsync("year,company", measures, "year=2011..2014", "company=A")).Skip(1));
        Assert.Equal(["2014|A||0|500|500|500|1.25"], await QueryAsync("year,company", measures, "year=2014"));
        Assert.Equal(["2011|A|-200|-1|300|400|275|1.5", "2014|A||0|800|500|500|1.25"], await QueryAsync("year,company", measures, "year=2014", "year=2011", "decade=2010"));
        Assert.Equal(
            ["2011|A|-200|-1|300|400|275|1.5", "2013|A|||300|300|300|1.3333333333333333", "2014|A||0|800|500|500|1.25"],
            await QueryAsync("year,company", measures, "year!=2010", "year!=2009", "company=A"));
        Assert.Equal(["2014|A|0|1"], await QueryAsync("year,company", "change(releases),rank(revenue)", "year>2013"));

        Assert.Equal(["2010-01|100||100|100", "2010-03|400||500|250", "2011-01|300|200|800|300", "2013-05|||800|", "2014-02|500||1300|500"],
            await QueryAsync("month", "revenue,change(revenue),total(revenue),mean3(revenue)", "company=A"));
        Assert.Equal(["2011-01|300|200|300|300"], await QueryAsync("month", "revenue,change(revenue),total(revenue),mean3(revenue)", "month=2011-01", "company=A"));
        Assert.Equal(["2010-01|100|70"], await QueryAsync("month", "revenue,mean3(revenue)", "month=2010-01"));
        Assert.Equal(["2010-Q1|500|270|", "2011-Q1|300|300|-40"], await QueryAsync("quarter", "revenue,mean3(revenue),change_percent(revenue)", "quarter=2010-Q1..2011-Q1"));
        Assert.Equal(["2000|40|40|40", "2010|1360|700|1400"], await QueryAsync("decade", "revenue,mean3(revenue),total(revenue)"));
        Assert.Equal(["2010|1360|700|1360"], await QueryAsync("decade", "revenue,mean3(revenue),total(revenue)", "decade=2010s"));

        // The month of the year belongs to the names, and the decade is determined by the year.
        Assert.Equal(["2010|2010|1|", "2010|2010|3|", "2010|2011|1|200"], (await QueryAsync("decade,year,month_of_year", "change(revenue)", "company=A")).Take(3));

        Assert.Equal(["2010|en|270", "2010|fr|60", "2011|en|280"], await QueryAsync("year,language", "mean3(revenue)", "year=2010..2011"));
    }

    [Fact]
    public async Task Days_of_the_week_and_membership_in_a_collection_are_dimensions_on_every_engine()
    {
        await LoadAsync(
            Create(1, "2017-09-01", "100", "A", "en"), Create(2, "2017-09-03", "100", "A", "en"), Create(3, "2017-09-04", "100", "A", "fr", "{'id': 1, 'name': 'First'}"),
            Create(4, "2017", "100", "A", "en"), Create(5, "", "100", "A", "en"), Create(6, "1899-12-31", "700", "B", "en"), Create(7, "2000-02-29", "100", "B", "en"));
        string[] days = ["Monday|1", "Tuesday|1", "Friday|1", "Sunday|2"];
        Assert.Equal(days, await QueryAsync("weekday", "releases"));
        Assert.Equal(days.Reverse(), await QueryAsync(QueryText.Read("weekday", "releases") with { Order = [new("weekday", IsDescending: true)] }));
        Assert.Equal([.. days, "|5"], await QueryAsync(QueryText.Read("weekday", "releases") with { Totals = true }));
        Assert.Equal(["Sunday|2", "Monday|1", "|5"], await QueryAsync(QueryText.Read("weekday", "releases") with { Totals = true, Top = 2 }));
        Assert.Equal(["Friday|1", "Sunday|2"], await QueryAsync("weekday", "releases", "weekday=Friday..7"));
        Assert.Equal(["A|1"], await QueryAsync("company", "releases", "weekday=friday"));
        Assert.Equal(["Monday|0.2|5", "Tuesday|0.2|5", "Friday|0.2|5", "Sunday|0.4|5"], await QueryAsync("weekday", "share(releases)"));
        var coverage = await ReportRunner.ReadCoverageAsync(Connection, QueryText.Read("weekday", "releases"), await SnapshotRows.FindAsync(Connection, 1, Cancel), Cancel);
        Assert.Equal((5, 2), (coverage.Movies, coverage.Undated));

        Assert.Equal(["no|6", "yes|1"], await QueryAsync("in_collection", "releases"));
        Assert.Equal(["fr|1"], await QueryAsync("language", "releases", "in_collection=yes"));
        Assert.Equal(["no|6"], await QueryAsync("in_collection", "releases", "in_collection!=yes"));
    }

    private static MovieRow Create(int id, string date, string revenue, string companies, string language, string collection = "") => Bare(
        id, ("release_date", date), ("revenue", revenue), ("original_language", language), ("belongs_to_collection", collection),
        ("production_companies", $"[{string.Join(", ", companies.Select(name => $"{{'name': '{name}', 'id': {(int)name}}}"))}]"));
}
