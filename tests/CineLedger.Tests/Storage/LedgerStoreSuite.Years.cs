using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Movies with a year but no date, and unreleased movies.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly string NextYear = DateTime.UtcNow.AddYears(1).ToString("yyyy", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_year_without_a_date_is_stored_read_and_kept_by_an_unchanged_load()
    {
        await LoadAsync(Bare(1, ("release_date", "1995")), Bare(2, ("release_date", "Oct 1996")), Bare(3, ("release_date", "1995-10-30")), Bare(4));
        var movies = await ReadAsync(1);
        Assert.Equal([1995, 1996, 1995, null], movies.Select(movie => movie.ReleaseYear));
        Assert.Equal([null, null, new DateOnly(1995, 10, 30), null], movies.Select(movie => movie.ReleaseDate));
        Assert.Equal(1, (await SnapshotRows.FindAsync(Connection, 1, Cancel)).Undated);
        Assert.False((await LoadAsync(Bare(1, ("release_date", "1995.0")), Bare(2, ("release_date", "1996")), Bare(3, ("release_date", "1995-10-30")), Bare(4))).IsPublished);
        var changed = await LoadAsync(Bare(1, ("release_date", "1995-01-01")), Bare(2, ("release_date", "1997")), Bare(3, ("release_date", "1995-10-30")), Bare(4));
        Assert.Equal(2, changed.Snapshot.Changed);
        await SnapshotRevert.RunAsync(Ledger, 1, Cancel);
        Assert.Equal([1995, 1996, 1995, null], (await ReadAsync(3)).Select(movie => movie.ReleaseYear));
        Assert.Null((await ReadAsync(3))[0].ReleaseDate);
    }

    [Fact]
    public async Task A_year_without_a_date_counts_in_its_year_but_in_no_month()
    {
        await LoadAsync(Bare(1, ("release_date", "1995"), ("budget", "1000")), Bare(2, ("release_date", "1995-10-30"), ("budget", "3000")), Bare(3));
        Assert.Equal(["1995|2|4000"], await QueryAsync("year", "releases,budget"));
        Assert.Equal(["1990|2"], await QueryAsync("decade", "releases"));
        Assert.Equal(["1995-Q4|1"], await QueryAsync("quarter", "releases"));
        Assert.Equal(["1995-10|1"], await QueryAsync("month", "releases"));
        Assert.Equal(["10|1"], await QueryAsync("month_of_year", "releases"));
        Assert.Equal(["1995|1"], await QueryAsync("year", "releases", "quarter=1995-Q4"));
        Assert.Equal(["1995|1"], await QueryAsync("year", "releases", "release_date>=1995-01-01"));
        Assert.Equal((2, 1), await CountsAsync(QueryText.Read("year", "releases")));
        Assert.Equal((1, 2), await CountsAsync(QueryText.Read("month", "releases")));
        Assert.Equal((1, 2), await CountsAsync(QueryText.Read("year", "releases", "release_date>=1995-01-01")));

        async Task<(long, long)> CountsAsync(QueryRequest query)
        {
            var coverage = await ReportRunner.ReadCoverageAsync(Connection, query, await SnapshotRows.FindAsync(Connection, 1, Cancel), Cancel);
            return (coverage.Movies, coverage.Undated);
        }
    }

    [Fact]
    public async Task Planned_and_rumored_movies_do_not_count_as_releases_of_a_future_year()
    {
        var name = ("production_companies", "[{'name': 'North Quay', 'id': 9}]");
        var genre = ("genres", "[{'name': 'Drama', 'id': 18}]");
        await LoadAsync(
            Accept.AnyContent with { Studios = [new("Quay", "North Quay", null, null, StudioLine.Unsourced)] },
            Bare(1, ("release_date", "2011-05-06"), ("status", "Released"), name, genre),
            Bare(2, ("release_date", "1999-05-06"), ("status", "Rumored"), name, genre),
            Bare(3, ("release_date", $"{NextYear}-06-01"), ("status", "Planned"), name, genre),
            Bare(4, ("release_date", NextYear), ("status", "Post Production"), name, genre),
            Bare(5, ("release_date", $"{NextYear}-06-01"), ("status", "Released"), name, genre),
            Bare(6, ("release_date", DateTime.UtcNow.ToString("yyyy", CultureInfo.InvariantCulture)), ("status", "Planned"), name, genre),
            Bare(7, ("release_date", $"{NextYear}-12-31"), name, genre),
            Bare(8, ("status", "Canceled"), name, genre));
        var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
        var years = await QueryAsync("year", "releases");
        Assert.Equal(["1999|1", "2011|1", $"{DateTime.UtcNow.Year}|1", $"{NextYear}|2"], years);
        Assert.Equal(years, await QueryAsync("year,company", "releases", text: row => row.Replace("|North Quay", "", StringComparison.Ordinal)));
        Assert.Equal([$"{NextYear}|1"], await QueryAsync("year", "releases", "status=Planned", $"year={NextYear}"));
        Assert.Equal([$"{NextYear}|1"], await QueryAsync("year", "releases", "status!=Planned", "status!=Released", "status is known", $"year={NextYear}"));
        Assert.Equal([$"{NextYear}|Planned|1", $"{NextYear}|Post Production|1", $"{NextYear}|Released|1"], await QueryAsync("year,status", "releases", $"year={NextYear}"));
        Assert.Equal(["North Quay|8"], await QueryAsync("company", "releases"));

        foreach (var report in ReportDefinition.All)
        {
            var coverage = await ReportRunner.ReadCoverageAsync(Connection, new ReportRequest { Report = report }, snapshot, Cancel);
            Assert.Equal((5, 2), (coverage.Movies, coverage.Unreleased));
        }

        var byYear = await ReportRunner.ReadCoverageAsync(Connection, QueryText.Read("year", "releases"), snapshot, Cancel);
        Assert.Equal((5, 1, 2), (byYear.Movies, byYear.Undated, byYear.Unreleased));
        Assert.Equal(
            ["2 planned or rumored movies dated after the snapshot are not counted; a condition on status, such as status=Planned, includes them."],
            new ResultInfo(snapshot, byYear).AllNotes);
        Assert.Equal(0, (await ReportRunner.ReadCoverageAsync(Connection, QueryText.Read("year", "releases", "status=Planned"), snapshot, Cancel)).Unreleased);
        Assert.Equal(0, (await ReportRunner.ReadCoverageAsync(Connection, QueryText.Read("company", "releases"), snapshot, Cancel)).Unreleased);
        await ReportComparison.AssertFilesEqualAsync(Ledger, snapshot);

        Assert.Equal(["5", "7"], await ListMoviesAsync($"year={NextYear}"));
        Assert.Equal(["3"], await ListMoviesAsync($"year={NextYear}", "status=Planned"));
        Assert.Equal(8, (await ListMoviesAsync()).Count);
        Assert.Equal([$"North Quay|8|1999|{NextYear}"], await ReadAsync(await NameList.OpenAsync(Connection, "company", new(), snapshot, Cancel)));

        async Task<List<string>> ListMoviesAsync(params string[] where) =>
            [.. (await ReadAsync(await MovieList.OpenAsync(Connection, MovieList.CreateQuery([.. where.SelectMany(FilterFields.Parse)], null), [], null, 0, snapshot, Cancel)))
                .Select(row => row.Split('|')[0])];
    }

    [Fact]
    public async Task The_years_in_the_list_of_companies_exclude_planned_movies()
    {
        var name = ("production_companies", "[{'name': 'North Quay', 'id': 9}]");
        await LoadAsync(Bare(1, ("release_date", "2011-05-06"), ("status", "Released"), name), Bare(2, ("release_date", $"{NextYear}-06-01"), ("status", "Rumored"), name));
        var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
        Assert.Equal(["North Quay|2|2011|2011"], await ReadAsync(await NameList.OpenAsync(Connection, "company", new(), snapshot, Cancel)));
        Assert.Equal(["9|2|1|2011|2011"], await ReadAsync(await CompanyIds.OpenAsync(Connection, "North Quay", snapshot, Cancel)));
    }

    [Fact]
    public async Task A_name_that_no_movie_has_can_be_excluded_from_the_releases_of_a_year()
    {
        var (companies, genres) = (("production_companies", "[{'name': 'North Quay', 'id': 9}]"), ("genres", "[{'name': 'Drama', 'id': 18}, {'name': 'Fantasy', 'id': 19}]"));
        await LoadAsync(
            Bare(1, ("release_date", "1876-01-01"), ("status", "Planned"), companies), Bare(2, ("release_date", NextYear), ("status", "Planned"), companies, genres),
            Bare(3, ("release_date", "1877"), genres), Bare(4, ("release_date", $"{NextYear}-01-01"), ("status", "Released"), companies, genres), Bare(5));
        foreach (var where in (string[])["genre!=Action", "studio!=Nobody", "country!=XX", "keyword!=space", "actor!=Nobody"])
        {
            Assert.Equal(["1876|North Quay|1", $"{NextYear}|North Quay|1"], await QueryAsync("year,company", "releases", where));
            Assert.Equal(["1876|1", "1877|1", $"{NextYear}|1"], await QueryAsync("year", "releases", where));
        }
    }

    private async Task<List<string>> QueryAsync(string by, string measures, params string[] where) => await QueryAsync(by, measures, row => row, where);

    private async Task<List<string>> QueryAsync(string by, string measures, Func<string, string> text, params string[] where) =>
        [.. (await QueryAsync(QueryText.Read(by, measures, where))).Select(text)];

    private async Task<List<string>> QueryAsync(QueryRequest query, int snapshot = 1) =>
        await ReadAsync(await ReportRunner.OpenAsync(Connection, query, await SnapshotRows.FindAsync(Connection, snapshot, Cancel), Cancel));

    private static async Task<List<string>> ReadAsync(DbResult result)
    {
        await using (result)
        {
            var rows = new List<string>();
            while (await result.Rows.ReadAsync(Cancel))
            {
                rows.Add(string.Join('|', result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))));
            }

            return rows;
        }
    }
}
