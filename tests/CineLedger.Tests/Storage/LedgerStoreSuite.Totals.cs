using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the totals that complete loads store: queries that read them give the rows of those that read the movies.</summary>
public abstract partial class LedgerStoreSuite
{
    private const string AllTotals = "releases,budget,revenue,profit,matched_profit,roi,popularity,budget_known,revenue_known,profit_known,popularity_known";

    private static readonly QueryRequest[] CoveredByTotals =
    [
        QueryText.Read("year", AllTotals),
        QueryText.Read("", AllTotals, "year is known"),
        QueryText.Read("decade", AllTotals, "year>=1995"),
        QueryText.Read("", AllTotals, "year=1900"),
        QueryText.Read("year,genre", AllTotals, "year=1900"),
        .. from name in (string[])["company", "genre", "studio"]
           from query in (QueryRequest[])
           [
               QueryText.Read($"year,{name}", AllTotals) with { Order = [new("popularity", IsDescending: true)] },
               QueryText.Read($"{name}", AllTotals, "year=1990..2004") with { Order = [new("revenue", IsDescending: true)], Limit = 3 },
               QueryText.Read($"{name},decade", $"rank:popularity,share(revenue),share(releases),{AllTotals}") with { Top = 2 },
               QueryText.Read($"decade,{name}", "revenue,rank(popularity),share(budget),total(releases)", "decade=1990", "decade=2000"),
               QueryText.Read($"{name}", "popularity,releases", "year>=1990") with { Order = [new("popularity", IsDescending: true)], MeansNeedMovies = true, MinMovies = 3 },
               QueryText.Read($"year,{name}", "releases,share(revenue)", $"{name}!=Alpha", $"{name}!=Genre 2", "year!=1999"),
               QueryText.Read($"year,{name}", AllTotals, $"{name}=Big", $"{name}=Beta", $"{name}=Genre 1"),
               QueryText.Read($"{name}", "releases", "year<2010") with { SearchText = "B" },
               QueryText.Read($"{name}", "roi,releases", "year is known") with { Order = [new("roi", IsDescending: true)], MinMovies = 3, Limit = 3, Offset = 1 },
               .. from value in (string[])["Big", "Beta", "Genre 1", "Nobody"] select QueryText.Read("year", $"share(revenue),{AllTotals}", $"{name}={value}"),
               QueryText.Read("", AllTotals, "year=1990..2008", $"{name}=Genre 1"),
           ]
           select query,
    ];

    [Fact]
    public async Task Queries_of_totals_equal_queries_of_movies()
    {
        await LoadAsync(Accept.Anything with { Studios = FirstList }, CreateTotalMovies(1, 60));
        await AssertTotalsAsync(1);
        await LoadAsync(Accept.Anything, CreateTotalMovies(2, 45));
        await AssertTotalsAsync(2);
        await AssertTotalsAsync(1);
    }

    [Fact]
    public async Task A_list_of_studios_and_a_revert_write_totals_of_their_own_and_a_prune_deletes_them()
    {
        await LoadAsync(Accept.Anything with { Studios = FirstList }, CreateTotalMovies(1, 30));
        await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        await AssertTotalsAsync(2);
        await LoadAsync(Accept.Anything, CreateTotalMovies(3, 20));
        await SnapshotRevert.RunAsync(Ledger, 1, Cancel);
        await AssertTotalsAsync(4);
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(0L, await Connection.ExecuteScalarAsync($"SELECT COUNT(*) FROM {TotalRows.Table} WHERE snapshot_id < 4", Cancel));
        await AssertTotalsAsync(4);
    }

    [Fact]
    public async Task A_merge_has_no_totals_and_its_queries_read_the_movies()
    {
        await LoadAsync(Accept.Anything, Full(1, ("release_date", "2001-01-01"), ("revenue", "5000")));
        await LoadAsync(Accept.Anything with { IsMerge = true }, Full(2, ("release_date", "2001-01-01"), ("revenue", "7000")));
        Assert.False(await TotalRows.ExistAsync(Connection, 2, Cancel));
        Assert.Equal(["2001|2|12000"], await QueryAsync(QueryText.Read("year", "releases,revenue"), 2));
        Assert.Equal(["2001|1|5000"], await QueryAsync(QueryText.Read("year", "releases,revenue"), 1));
    }

    [Fact]
    public async Task Totals_of_many_movies_are_written_by_several_statements_and_are_the_same()
    {
        await LoadAsync(Accept.Anything with { Studios = FirstList }, CreateTotalMovies(1, 60));
        var together = await ReadTotalsAsync();
        await Ledger.Connection.ExecuteAsync($"DELETE FROM {TotalRows.Table}", Cancel);
        await TotalRows.WriteAsync(Ledger, await SnapshotRows.FindAsync(Ledger.Connection, 1, Cancel) with { Movies = 1_000_000 }, Cancel);
        Assert.NotEmpty(together);
        Assert.Equal(together, await ReadTotalsAsync());

        async Task<IReadOnlyList<string>> ReadTotalsAsync() => await Ledger.Connection.QueryAsync(
            $"SELECT * FROM {TotalRows.Table} ORDER BY dimension, name_id, release_year",
            row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture))), Cancel);
    }

    private async Task AssertTotalsAsync(int snapshot)
    {
        Assert.True(await TotalRows.ExistAsync(Connection, snapshot, Cancel));
        foreach (var query in CoveredByTotals)
        {
            Assert.True(TotalsSql.Covers(query));
            var sql = QuerySql.Build(query, snapshot);
            var movies = await ReadAsync(await DbResult.OpenAsync(Connection, sql, QueryColumns.Get(query), Cancel));
            Assert.True(movies.SequenceEqual(await QueryAsync(query, snapshot)), sql.ToInlinedSql());
            Assert.Equal(
                await Connection.ExecuteScalarAsync(QuerySql.BuildCount(query, snapshot).Text, Cancel, [.. QuerySql.BuildCount(query, snapshot).Parameters]),
                await ReportRunner.CountRowsAsync(Connection, query, await SnapshotRows.FindAsync(Connection, snapshot, Cancel), Cancel));
        }

        var months = (await TotalRows.FindMonthsAsync(Connection, snapshot, Cancel))!.Select(month => $"{new ReleaseMonth(month.Year, month.Month)}|{month.Releases}");
        Assert.Equal(await QueryAsync(LedgerYears.MonthQuery, snapshot), months.Order(StringComparer.Ordinal));
    }

    /// <summary>Creates movies with unknown values, equal means, planned releases, and several companies of one studio.</summary>
    private static MovieRow[] CreateTotalMovies(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, count).Select(id => Full(
                id,
                ("release_date", random.Next(9) == 0 ? "" : $"{random.Next(1985, 2013)}-0{random.Next(1, 9)}-11"), ("status", random.Next(4) == 0 ? "Planned" : "Released"),
                ("budget", Amount()), ("revenue", Amount()), ("popularity", random.Next(6) == 0 ? "" : $"{random.Next(3)}.{random.Next(10)}{random.Next(10)}"),
                ("genres", List("Genre ", 4)), ("production_companies", List("", 5)))),
            Full(count + 1, ("release_date", "2090-05-05"), ("status", "Planned"), ("revenue", "9000"), ("genres", List("Genre ", 1)), ("production_companies", List("", 1))),
        ];

        string Amount() => random.Next(3) == 0 ? "0" : (random.NextInt64(1, 90) * 1_000_003).ToString(CultureInfo.InvariantCulture);

        string List(string prefix, int names)
        {
            string[] all = prefix.Length > 0 ? [.. Enumerable.Range(1, names).Select(i => $"{prefix}{i}")] : ["Alpha Films", "Beta", "Gamma", "Delta", "alpha films."];
            return $"[{string.Join(", ", all.Take(names).Select((name, i) => (name, i)).Where(_ => random.Next(2) == 0).Select(entry => $"{{'id': {entry.i + 1}, 'name': '{entry.name}'}}"))}]";
        }
    }
}
