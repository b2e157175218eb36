using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

public sealed class LargeNumberTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Aggregate.Sum)]
    [InlineData(Aggregate.Avg)]
    [InlineData(Aggregate.Median)]
    [InlineData(Aggregate.Max)]
    public async Task The_largest_figures_that_the_cleaner_lets_through_can_be_reported(Aggregate aggregate)
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        var movie = Bare(
            1, ("release_date", "2000-01-01"), ("genres", "[{'name': 'Drama', 'id': 1}]"), ("budget", "10000000000000"), ("revenue", "10000000000000"), ("popularity", "1000000000"));
        var snapshot = (await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(movie)), Accept.AnyContent, null, Cancel)).Snapshot;

        var request = new ReportRequest { Report = ReportDefinition.Genres, Aggregate = aggregate };
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, snapshot, Cancel);
        Assert.True(await result.Rows.ReadAsync(Cancel));
        string[] columns = [.. result.Columns.Select(column => column.Name)];
        Assert.Equal(1e13, Convert.ToDouble(result.Rows.GetValue(Array.IndexOf(columns, "budget")), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1e9, result.Rows.GetDouble(Array.IndexOf(columns, "popularity")));
        Assert.False(await result.Rows.ReadAsync(Cancel));
    }

    [Fact]
    public async Task The_median_of_the_highest_allowed_popularity_is_exact()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        var snapshot = (await Loader.LoadAsync(
            ledger, MemoryDataset.Create(MovieFile.Text(Bare(1, ("release_date", "2000-01-01"), ("popularity", "1000000000")))), new(), null, Cancel)).Snapshot;
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, QueryText.Read("year", "popularity:median"), snapshot, Cancel);
        Assert.True(await result.Rows.ReadAsync(Cancel));
        Assert.Equal(1e9, result.Rows.GetDouble(1));
    }

    [Fact]
    public async Task A_million_ratings_of_a_movie_in_one_year_do_not_overflow()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        await Loader.LoadAsync(ledger, RelatedFiles.Dataset(Full(11), Full(12)), Accept.AnyContent, null, Cancel);
        await ledger.Connection.ExecuteAsync("UPDATE movie_rating SET ratings = 1000000, rating_sum = 4500000", Cancel);

        // The next load checks the stored ratings.
        var snapshot = (await Loader.LoadAsync(ledger, RelatedFiles.Dataset([Full(11), Full(12)], ratings: "userId,movieId,rating,timestamp\n"), Accept.AnyContent, null, Cancel)).Snapshot;
        var before = await SnapshotRows.FindAsync(ledger.Connection, snapshot.Id - 1, Cancel);
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, QueryText.Read("year", "ratings"), before, Cancel);
        Assert.True(await result.Rows.ReadAsync(Cancel));
        Assert.Equal(4.5, result.Rows.GetDouble(1));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
