using CineLedger.Reports;
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
        Assert.Equal(["1995|A|0.5833333333333334|600", "1995|B|0.08333333333333333|600"], await QueryAsync(QueryText.Read("year,company", "share(revenue)", "year=1995") with { Share = Share.Equal }));

        static MovieRow Create(int id, string date, string revenue, string companies, string language) => Bare(
            id, ("release_date", date), ("revenue", revenue), ("original_language", language),
            ("production_companies", $"[{string.Join(", ", companies.Select(name => $"{{'name': '{name}', 'id': {(int)name}}}"))}]"));
    }
}
