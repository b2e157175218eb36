using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.RealData;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Query results as CSV are the same bytes on every engine.</summary>
public sealed class EngineQueryEqualityTests(SharedServer server, Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_engine_gives_equal_results_on_generated_movies() => await CompareAsync([datasets.Movies, datasets.Clean, datasets.Large]);

    [Fact]
    public async Task Every_engine_gives_equal_results_on_the_real_movies()
    {
        RealData.SkipIfMissing("the-movies-dataset.zip");
        await CompareAsync([RealData.Find("the-movies-dataset.zip")!]);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task CompareAsync(string[] sources)
    {
        await using var file = await StoreEngine.Get(_workspace.Store).OpenAsync(_workspace.Store, wait: false, Cancel);
        var address = await server.CreateDatabaseAsync();
        await using var database = await StoreEngine.Get(address).OpenAsync(address, wait: false, Cancel);
        for (var snapshot = 1; snapshot <= sources.Length; snapshot++)
        {
            foreach (var ledger in (Ledger[])[file, database])
            {
                await using var dataset = await SourceOpener.OpenAsync(sources[snapshot - 1]);
                Assert.Equal(snapshot, (await Loader.LoadAsync(ledger, dataset, Accept.Anything, null, Cancel)).Snapshot.Id);
            }
        }

        for (var snapshot = 1; snapshot <= sources.Length; snapshot++)
        {
            foreach (var request in Requests())
            {
                var (expected, actual) = (await CsvAsync(file, request, snapshot), await CsvAsync(database, request, snapshot));
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{QuerySql.Build(request, snapshot).ToInlinedSql()}");
                Assert.NotEmpty(actual);
                if (TotalsSql.Covers(request))
                {
                    Assert.Equal(expected, await MoviesCsvAsync(file, request, snapshot));
                    Assert.Equal(expected, await MoviesCsvAsync(database, request, snapshot));
                }

                var (coverage, other) = (await CoverageAsync(file, request, snapshot), await CoverageAsync(database, request, snapshot));
                Assert.Equal(coverage with { Notes = [] }, other with { Notes = [] });
                Assert.Equal(coverage.Notes, other.Notes);
            }

            foreach (var ledger in (Ledger[])[file, database])
            {
                // The report files of a load equal the query results too.
                var folder = _workspace.GetPath($"files-{snapshot}-{(ledger == file ? "file" : "server")}");
                await ReportFiles.WriteAsync(ledger.OpenReaderAsync, await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel), folder, Cancel);
                foreach (var report in ReportDefinition.All)
                {
                    var whole = await CsvAsync(database, ReportSql.CreateQuery(new() { Report = report }), snapshot);
                    var written = await File.ReadAllBytesAsync(Path.Combine(folder, $"{report.Name}.csv"), Cancel);
                    Assert.True(whole.AsSpan().SequenceEqual(written), $"{report} of snapshot {snapshot}");
                }
            }
        }
    }

    private static IEnumerable<QueryRequest> Requests() =>
    [
        .. from report in ReportDefinition.All
           from request in (ReportRequest[])
           [
               new() { Report = report },
               .. Enum.GetValues<Aggregate>().Select(aggregate => new ReportRequest { Report = report, Aggregate = aggregate, Share = Share.Equal }),
               .. Enum.GetValues<Popularity>().Select(popularity => new ReportRequest { Report = report, Popularity = popularity, From = 1950, To = 2015 }),
               new() { Report = report, Genres = ["Drama", "Comedy"], Order = "releases", IsDescending = true, Limit = 100 },
           ]
           select ReportSql.CreateQuery(request),
        .. Dimensions.All.Select(dimension => QueryText.Read(dimension.Name, "releases,revenue,profit,roi,popularity", "year>=1900")),
        .. Dimensions.All.Where(dimension => dimension.Name != "year").Select(dimension =>
            QueryText.Read($"year,{dimension.Name}", "rank:revenue,budget,revenue:median,roi:avg,runtime", $"{dimension.Name} is known") with { Share = Share.Equal }),
        .. Dimensions.All.Where(dimension => dimension.Name != "year").SelectMany(dimension => (QueryRequest[])
        [
            QueryText.Read(
                $"year,{dimension.Name}", "share(revenue),share(releases),change(popularity),mean3(popularity),mean5(revenue:avg),total(releases),all(runtime)", "year=1980..2010"),
            QueryText.Read($"{dimension.Name},year", "share(revenue_known),change_percent(revenue),mean3(releases),total(budget)") with { Share = Share.Equal, Totals = true, Dollars = 2025 },
        ]),
        QueryText.Read("genre,month", "share(profit),rank(revenue),mean3(roi),change(ratings)", "quarter>=1995-Q2", "quarter<2010-Q4", "genre!=Drama") with { Top = 3 },
        QueryText.Read("weekday,in_collection", "share(weighted:sum),rank(weighted),revenue:median") with { Order = [new("weekday", IsDescending: true)], Top = 1, Totals = true },
        .. Dimensions.All.Where(dimension => !dimension.IsTime || dimension.Name is "month_of_year" or "weekday").SelectMany(dimension => (QueryRequest[])
        [
            QueryText.Read(dimension.Name, "cagr(revenue),slope(revenue),cagr(releases),slope(popularity),slope(roi),cagr(revenue:avg)", "year=1985..2012") with { MinMovies = 1 },
            QueryText.Read(dimension.Name, "slope(revenue:median),cagr(budget),slope(profit)", "decade=1990..2000") with
            {
                Share = Share.Equal, Totals = true, Dollars = 2017, Top = 5, MinMovies = 2, Order = [new("budget_cagr", IsDescending: true)],
            },
            QueryText.Read($"{dimension.Name},year", "revenue,releases") with { ComparePreviousYear = true, Order = [new("revenue_percent", IsDescending: true)], Limit = 200 },
        ]),
        QueryText.Read("", "cagr(revenue),slope(weighted)", "year=1970..2015", "genre=Drama"),
        QueryText.Read("genre,year", "revenue,change_percent(revenue)", "year>=1980") with { Order = [new("revenue_change_percent", IsDescending: true)], Totals = true },
        QueryText.ReadPivoted("genre,language", "language", "cagr(revenue),slope(releases)", "year=2000..2012", "language=en", "language=fr") with { MinMovies = 2 },
        QueryText.Read("decade,genre", string.Join(',', Measures.All.Select(measure => measure.Name).Where(name => !name.EndsWith("_releases", StringComparison.Ordinal)))),
        QueryText.Read(
            "country",
            string.Join(',', Measures.All.Where(measure => measure.CanAggregate).SelectMany(measure => Enum.GetNames<Aggregate>().Select(word => $"{measure.Name}:{word.ToLowerInvariant()}")))),
        QueryText.Read("genre,month", "releases,revenue,weighted", "year=1990..2010") with { ComparePreviousYear = true },
        QueryText.Read("year,company", "budget,releases", "country=US", "genre!=Documentary") with { Top = 2, Totals = true, Dollars = 2017 },
        QueryText.Read("company,genre", "company_releases,genre_releases,revenue", "revenue>=1M", "release_date>=1980-01-01", "vote_average>5.5") with { Limit = 500 },
        QueryText.ReadPivoted("year,genre", "year", "revenue,roi,rank:revenue,popularity:max", "genre!=Drama") with { Order = [new("revenue", IsDescending: true)], Totals = true },
        QueryText.ReadPivoted("decade,company,genre", "genre", "releases,budget", "company!=Fox") with { Top = 3, Share = Share.Equal, Totals = true },
        QueryText.ReadPivoted("month_of_year,director", "month_of_year", "weighted,director_releases", "year>=1990") with { Limit = 200, Offset = 20 },
        QueryText.Read("", "releases,budget,revenue,weighted", "collection is unknown", "runtime=80..120") with { WeightedVotes = 100, WeightedMean = 6.25m },
    ];

    private static async Task<byte[]> CsvAsync(Ledger ledger, QueryRequest request, int snapshot)
    {
        var asOf = await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel);
        return await CsvAsync(asOf, await ReportRunner.OpenAsync(ledger.Connection, request, asOf, Cancel));
    }

    /// <summary>Reads the movies of a query that the totals of the snapshot could answer.</summary>
    private static async Task<byte[]> MoviesCsvAsync(Ledger ledger, QueryRequest request, int snapshot) => await CsvAsync(
        await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel),
        await DbResult.OpenAsync(ledger.Connection, QuerySql.Build(request, snapshot), QueryColumns.Get(request), Cancel));

    private static async Task<byte[]> CsvAsync(Snapshot asOf, DbResult result)
    {
        await using (result)
        {
            using var output = new MemoryStream();
            await using var writer = new CsvWriter(output);
            await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(asOf, null), Cancel);
            return output.ToArray();
        }
    }

    private static async Task<Coverage> CoverageAsync(Ledger ledger, QueryRequest request, int snapshot) => await ReportRunner.ReadCoverageAsync(
        ledger.Connection, request, await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel), Cancel);
}
