using CineLedger.Loading;
using CineLedger.Storage;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The statistics of PostgreSQL's planner after a load.</summary>
public sealed class StatisticsTests(SharedServer server) : PostgresLedgerTestBase(server)
{
    [Fact]
    public async Task A_first_load_analyzes_every_filled_table_except_long_texts()
    {
        await LoadAsync(400);

        Assert.Equal(["company", "genre", "movie", "movie_company", "movie_genre"], (await KnownAsync("tablename")).Intersect(Watched));
        var columns = await KnownAsync("tablename || '.' || attname");
        Assert.Contains("movie.release_year", columns);
        Assert.DoesNotContain("movie.overview", columns);
    }

    [Fact]
    public async Task A_small_change_keeps_statistics_and_a_tenth_more_rows_refreshes_them()
    {
        await LoadAsync(400);
        await ResetStatisticsAsync();

        Assert.Equal(2, (await LoadAsync(410)).Snapshot.Id);
        Assert.DoesNotContain("movie", await KnownAsync("tablename"));

        Assert.Equal(3, (await LoadAsync(900)).Snapshot.Id);
        Assert.Contains("movie", await KnownAsync("tablename"));
    }

    private static readonly string[] Watched = ["company", "genre", "movie", "movie_company", "movie_genre"];

    private async Task<LoadSummary> LoadAsync(int movies)
    {
        await using var dataset = RelatedFiles.Create(("movies_metadata.csv", MovieFile.Text([.. Enumerable.Range(1, movies).Select(id => MovieFile.Full(id))])));
        return await Loader.LoadAsync(Ledger, dataset, Accept.AnyContent, null, Cancel);
    }

    private async Task<List<string>> KnownAsync(string what) => await Ledger.Connection.QueryAsync(
        $"SELECT DISTINCT {what} FROM pg_stats WHERE schemaname = CURRENT_SCHEMA() ORDER BY 1", row => row.GetString(0), Cancel);

    /// <summary>Deletes the results of ANALYZE; PostgreSQL still knows the table's size.</summary>
    private async Task ResetStatisticsAsync() => await Ledger.Connection.ExecuteAsync("DELETE FROM pg_statistic WHERE starelid = 'movie'::REGCLASS", Cancel);
}
