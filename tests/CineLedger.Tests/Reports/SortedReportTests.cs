using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>Tests that unlimited reports, which are sorted by name ranks, return the same rows as limited reports, which are sorted by the names themselves.</summary>
public sealed class SortedReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_and_limited_reports_have_the_same_rows_and_order_in_every_snapshot() =>
        await Gen.Select(RandomMovies.Movie.Array[0, 40].Array[1, 3], Gen.Bool).SampleAsync(
            async (loads, merge) =>
            {
                var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid()}.duckdb");
                await using var ledger = await DuckDbLedger.OpenAsync(path, Cancel);
                foreach (var movies in loads)
                {
                    await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([Bare(99), .. movies])), Accept.Anything with { IsMerge = merge }, null, Cancel);
                }

                foreach (var snapshot in await SnapshotRows.ListAsync(ledger.Connection, Cancel))
                {
                    await AssertSameAsync(ledger, snapshot);
                }
            },
            iter: 12,
            threads: 1);

    [Fact]
    public async Task A_sum_beyond_64_bits_has_no_totals_and_is_an_error_only_in_reports_with_sums()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        var movies = Enumerable.Range(1, 2).Select(id => Bare(id, ("release_date", "2000-01-01"), ("genres", Describe("Drama")), ("production_companies", Describe("A")), ("budget", "1000")));
        var snapshot = (await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([.. movies])), Accept.AnyContent, null, Cancel)).Snapshot;

        // Set in SQL because the cleaner rejects such an amount. Valid amounts would need a million movies to overflow. Nothing is written, so that a load does not fail.
        await ledger.Connection.ExecuteAsync($"UPDATE movie SET budget = {long.MaxValue}; DELETE FROM {TotalRows.Table}", Cancel);
        await TotalRows.WriteAsync(ledger, snapshot, Cancel);
        Assert.False(await TotalRows.ExistAsync(ledger.Connection, snapshot.Id, Cancel));

        await using var counts = await ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = ReportDefinition.CompanyGenres }, snapshot, Cancel);
        Assert.Equal(["2000|A|Drama|2|2"], await RowsAsync(counts));
        foreach (var report in (ReportDefinition[])[ReportDefinition.Companies, ReportDefinition.Genres])
        {
            await Assert.ThrowsAsync<DuckDbQueryException>(() => ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = report }, snapshot, Cancel));
        }
    }

    [Fact]
    public async Task Links_may_lie_in_any_order_and_lack_their_names()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        var movies = Enumerable.Range(1, 300).Select(id => Bare(
            id, ("release_date", $"{2000 + (id % 3)}-01-01"), ("genres", Describe($"G{id % 5}")), ("production_companies", id % 100 < 70 ? "[]" : Describe($"C{id % 7}")), ("budget", $"{id}000")));
        var snapshot = (await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([.. movies])), Accept.AnyContent, null, Cancel)).Snapshot;
        await ledger.Connection.ExecuteAsync("CREATE TEMP TABLE links AS SELECT * FROM movie_company; DELETE FROM movie_company; DELETE FROM company WHERE name = 'C3'", Cancel);
        await ledger.Connection.ExecuteAsync("INSERT INTO movie_company SELECT * FROM links ORDER BY movie_id DESC", Cancel);

        await AssertSameAsync(ledger, snapshot);
    }

    private static async Task AssertSameAsync(DuckDbLedger ledger, Snapshot snapshot)
    {
        foreach (var report in ReportDefinition.All)
        {
            var request = new ReportRequest { Report = report };
            if (report.By.All(name => name is "company" or "genre" or "year"))
            {
                Assert.Contains(".place", ReportSql.Build(request, snapshot.Id).Text, StringComparison.Ordinal);
            }

            Assert.Equal(await RowsAsync(request with { Limit = int.MaxValue }), await RowsAsync(request));
        }

        // A name can be the first or last sort key, in descending order, or after a measure.
        var query = ReportSql.CreateQuery(new ReportRequest { Report = ReportDefinition.CompanyGenres });
        foreach (var order in (string[][])[[], ["company:desc"], ["releases", "genre:desc"]])
        {
            var ordered = query with { Order = [.. order.Select(QueryOrder.Parse)] };
            Assert.Equal(await QueryAsync(ordered with { Limit = int.MaxValue }), await QueryAsync(ordered));
        }

        Task<List<string>> RowsAsync(ReportRequest request) => QueryAsync(ReportSql.CreateQuery(request));

        async Task<List<string>> QueryAsync(QueryRequest query)
        {
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, snapshot, Cancel);
            return await SortedReportTests.RowsAsync(result);
        }
    }

    private static string Describe(string name) => $"[{{'name': '{name}', 'id': 1}}]";

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<List<string>> RowsAsync(DbResult result)
    {
        var rows = new List<string>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            rows.Add(string.Join('|', result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
