using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>The reports that are computed in memory for files have the same bytes as the results of their queries, in every snapshot.</summary>
public sealed class InMemoryReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_of_random_movies_are_equal() => await Gen.Select(RandomMovies.Movie.Array[0, 40].Array[1, 3], Gen.Bool).SampleAsync(
        async (loads, merge) =>
        {
            await using var ledger = await OpenAsync();
            foreach (var movies in loads)
            {
                await LoadAsync(ledger, merge, [Bare(99), .. movies]);
            }

            foreach (var snapshot in await SnapshotRows.ListAsync(ledger.Connection, Cancel))
            {
                await ReportComparison.AssertFilesEqualAsync(ledger, snapshot);
            }
        },
        iter: 25,
        threads: 1);

    [Fact]
    public async Task Reports_of_generated_datasets_are_equal()
    {
        await using var ledger = await OpenAsync();
        for (var seed = 1; seed <= 4; seed++)
        {
            var path = Path.Combine(_folder.FullName, $"{seed}.zip");
            await using (var zip = File.Create(path))
            {
                await SampleWriter.WriteAsync(new SampleOptions { Movies = 3000, Seed = seed, Ratings = 0 }, zip, Cancel);
            }

            await LoadAsync(ledger, path);
        }

        await AssertSnapshotsEqualAsync(ledger, 4);
    }

    [Fact]
    public async Task Reports_of_the_real_datasets_are_equal()
    {
        RealData.RealData.SkipIfMissing(RealData.RealData.Head);
        RealData.RealData.SkipIfMissing(RealData.RealData.Full);
        await using var ledger = await OpenAsync();
        foreach (var zip in (string[])[RealData.RealData.Head, RealData.RealData.Full, RealData.RealData.Head])
        {
            await LoadAsync(ledger, RealData.RealData.Find(zip)!);
        }

        await AssertSnapshotsEqualAsync(ledger, 3);
    }

    [Fact]
    public async Task Links_may_be_stored_in_any_order_and_lack_their_names()
    {
        await using var ledger = await OpenAsync();
        var snapshot = await LoadAsync(ledger, false, [.. Enumerable.Range(1, 300).Select(id => Bare(
            id, ("release_date", $"{2000 + (id % 3)}-01-01"), ("genres", List($"G{id % 5}")), ("production_companies", List($"C{id % 7}")), ("budget", $"{id}000")))]);
        await ledger.Connection.ExecuteAsync(
            """
            CREATE TEMP TABLE links AS SELECT * FROM movie_company;
            DELETE FROM movie_company;
            INSERT INTO movie_company SELECT * FROM links ORDER BY hash(movie_id);
            DELETE FROM company WHERE name = 'C3' OR company_id = (SELECT MAX(company_id) FROM company);
            DELETE FROM genre WHERE genre_id = (SELECT MAX(genre_id) FROM genre)
            """,
            Cancel);
        Assert.InRange(await ReportComparison.AssertEqualAsync(ledger, snapshot), 30, 100);
    }

    [Fact]
    public async Task The_engine_computes_a_report_whose_sums_are_too_large_for_a_double()
    {
        await using var ledger = await OpenAsync();
        var snapshot = await LoadAsync(ledger, false, [.. Enumerable.Range(1, 30).Select(id => Bare(
            id, ("release_date", "2000-01-01"), ("genres", List("Drama")), ("production_companies", List("A")), ("popularity", $"999999999.{100_001 + id}")))]);
        await Assert.ThrowsAsync<OverflowException>(() => ReportComparison.AssertEqualAsync(ledger, snapshot));
        await ReportComparison.AssertFilesEqualAsync(ledger, snapshot);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<DuckDbLedger> OpenAsync() => DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, $"{Guid.NewGuid()}.duckdb"), Cancel);

    private static async Task AssertSnapshotsEqualAsync(DuckDbLedger ledger, int count)
    {
        var snapshots = await SnapshotRows.ListAsync(ledger.Connection, Cancel);
        Assert.Equal(count, snapshots.Count);
        foreach (var snapshot in snapshots)
        {
            Assert.True(await ReportComparison.AssertEqualAsync(ledger, snapshot) > 1000);
        }
    }

    private static async Task LoadAsync(DuckDbLedger ledger, string path)
    {
        await using var dataset = await SourceOpener.OpenAsync(path);
        await Loader.LoadAsync(ledger, dataset, Accept.Anything, null, Cancel);
    }

    private static async Task<Snapshot> LoadAsync(DuckDbLedger ledger, bool merge, MovieRow[] movies) =>
        (await Loader.LoadAsync(ledger, MemoryDataset.Create(Text(movies)), Accept.Anything with { IsMerge = merge }, null, Cancel)).Snapshot;

    private static string List(string name) => $"[{{'name': '{name}', 'id': 1}}]";
}
