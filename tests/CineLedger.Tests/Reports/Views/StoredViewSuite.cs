using System.Data.Common;
using System.Text;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports.Views;

/// <summary>Tests the views in the store on any engine.</summary>
public abstract class StoredViewSuite
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The ledger under test, empty at first.</summary>
    protected abstract Ledger Ledger { get; }

    /// <summary>The statement that pins a snapshot in a session, with {0} for its number.</summary>
    protected abstract string PinStatement { get; }

    /// <summary>The statement that shows the newest snapshot again.</summary>
    protected abstract string UnpinStatement { get; }

    [Fact]
    public async Task Views_of_reports_equal_the_report_files_of_each_snapshot()
    {
        await LoadAsync();
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        foreach (var snapshot in (int[])[1, 2])
        {
            await ReportFiles.WriteAsync(Ledger.OpenReaderAsync, await SnapshotRows.FindAsync(Ledger.Connection, snapshot, Cancel), folder.FullName, Cancel);
            await using var session = await Ledger.OpenReaderAsync(Cancel);
            if (snapshot == 1)
            {
                await session.ExecuteAsync(PinStatement.Replace("{0}", "1", StringComparison.Ordinal), Cancel);
            }

            foreach (var (report, view) in Reports)
            {
                var request = new ReportRequest { Report = report };
                var ordered = report.Order.Select(order => order.Column + (order.IsDescending ? " DESC NULLS LAST" : ""));
                var order = string.Join(", ", ordered.Concat(report.By.Except(report.Order.Select(order => order.Column))));
                await using var rows = await session.OpenRowsAsync($"SELECT * FROM {view} ORDER BY {order}", [], Cancel);
                using var output = new MemoryStream();
                await using var writer = new CsvWriter(output);
                await writer.WriteResultAsync(ReportSql.GetColumns(request), rows, new ResultInfo(null, null), Cancel);
                var expected = await File.ReadAllTextAsync(Path.Combine(folder.FullName, $"{report.Name}.csv"), Cancel);
                Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
                Assert.True(expected.Split("\r\n").Length > 2, $"{view} has too few rows to compare");
            }
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Views_show_the_newest_snapshot_or_the_pinned_one()
    {
        await LoadAsync();
        await using var session = await Ledger.OpenReaderAsync(Cancel);
        Assert.Equal("2: Casino (1995), Heat! (1995), Soon (2090), Undated ()", await DescribeAsync(session));
        await session.ExecuteAsync(PinStatement.Replace("{0}", "1", StringComparison.Ordinal), Cancel);
        Assert.Equal("1: Casino (1995), Heat (1995), Ikiru (1952), Undated ()", await DescribeAsync(session));
        await session.ExecuteAsync(UnpinStatement, Cancel);
        Assert.StartsWith("2: ", await DescribeAsync(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", "there is no published snapshot 3")]
    [InlineData("0", "there is no published snapshot 0")]
    [InlineData("'two'", "two")]
    public async Task A_pinned_snapshot_that_does_not_exist_is_an_error(string number, string message)
    {
        await LoadAsync();
        await using var session = await Ledger.OpenReaderAsync(Cancel);
        var views = new List<string>();
        foreach (var view in await SnapshotViews.ReadAsync(Cancel))
        {
            // PostgreSQL does not look for the snapshot when a table is empty.
            if (await session.ExecuteScalarAsync($"SELECT COUNT(*) FROM {view.Name}", Cancel) is > 0L)
            {
                views.Add(view.Name);
            }
        }

        Assert.Equal(8, views.Count);
        await session.ExecuteAsync(PinStatement.Replace("{0}", number, StringComparison.Ordinal), Cancel);
        foreach (var view in views)
        {
            var error = await Assert.ThrowsAnyAsync<DbException>(() => session.ExecuteScalarAsync($"SELECT COUNT(*) FROM {view}", Cancel));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rows_that_are_not_published_are_not_shown()
    {
        await LoadAsync();
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie SELECT movie_id, 3, until, title, original_title, release_date, release_year, release_month, budget, revenue, runtime, popularity, vote_average, "
            + "vote_count, language, status, collection, imdb_id, adult, video, homepage, poster_path, tagline, overview, company_count, genre_count, content_hash, line FROM movie WHERE movie_id = 1 AND since = 2", Cancel);
        await using var session = await Ledger.OpenReaderAsync(Cancel);
        Assert.StartsWith("2: Casino (1995), Heat! (1995), Soon", await DescribeAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_of_an_empty_ledger_have_no_rows()
    {
        await using var session = await Ledger.OpenReaderAsync(Cancel);
        foreach (var view in await SnapshotViews.ReadAsync(Cancel))
        {
            Assert.Equal(0L, await session.ExecuteScalarAsync($"SELECT COUNT(*) FROM {view.Name}", Cancel));
        }
    }

    [Fact]
    public async Task Links_have_names_instead_of_numbers()
    {
        await LoadAsync();
        Assert.Equal(
            ["1 Heat! Movies", "1 Walt Disney Pictures", "2 Casino Movies", "2 Walt Disney Pictures"],
            await Ledger.Connection.QueryAsync("SELECT movie_id, company FROM movie_companies WHERE movie_id < 3 ORDER BY movie_id, company", row => $"{row.GetInt64(0)} {row.GetString(1)}", Cancel));
        Assert.Equal(["Crime", "Drama"], await Ledger.Connection.QueryAsync("SELECT DISTINCT genre FROM movie_genres ORDER BY genre", row => row.GetString(0), Cancel));
    }

    /// <summary>Returns the report of each view of a report.</summary>
    private static IEnumerable<(ReportDefinition Report, string View)> Reports =>
        [(ReportDefinition.Companies, "company_years"), (ReportDefinition.Genres, "genre_years"), (ReportDefinition.CompanyGenres, "company_genre_years"), (ReportDefinition.Studios, "studio_years")];

    private static async Task<string> DescribeAsync(DbConnection session)
    {
        var movies = await session.QueryAsync("SELECT title, CAST(year AS VARCHAR) FROM movies ORDER BY title", row => $"{row.GetString(0)} ({row.GetText(1)})", Cancel);
        return $"{await session.ExecuteScalarAsync("SELECT snapshot_id FROM current_snapshot", Cancel)}: {string.Join(", ", movies)}";
    }

    private async Task LoadAsync()
    {
        var other = Movie(4, "Undated", "", "100");
        await LoadAsync(Movie(1, "Heat", "1995-12-15", "100001"), Movie(2, "Casino", "1995-11-22", ""), Movie(3, "Ikiru", "1952-10-09", "7000"), other);
        await LoadAsync(Movie(1, "Heat!", "1995-12-15", "100001"), Movie(2, "Casino", "1995-11-22", ""), other, Movie(5, "Soon", "2090-01-01", "5"));
    }

    private async Task LoadAsync(params MovieRow[] movies) => await Loader.LoadAsync(Ledger, MemoryDataset.Create(MovieFile.Text(movies)), Accept.Anything, null, Cancel);

    private static MovieRow Movie(int id, string title, string day, string budget) => Bare(
        id,
        ("title", title),
        ("release_date", day),
        ("budget", budget),
        ("revenue", id % 2 == 0 ? "30000" : ""),
        ("popularity", FormattableString.Invariant($"{id}.123457")),
        ("status", id == 5 ? "Planned" : "Released"),
        ("genres", id == 3 ? "[{'id': 18, 'name': 'Drama'}]" : "[{'id': 18, 'name': 'Drama'}, {'id': 80, 'name': 'Crime'}]"),
        ("production_companies", $"[{{'name': '{title} Movies', 'id': {id}}}, {{'name': 'Walt Disney Pictures', 'id': 9}}]"));

    /// <summary>Asserts that the comments in the store are the meanings of all views and columns: <c>VIEW.COLUMN: MEANING</c>.</summary>
    protected static async Task AssertDescribedAsync(IEnumerable<string> comments) => Assert.Equal(
        (await SnapshotViews.ReadAsync(Cancel)).SelectMany(view => view.Columns.Select(column => $"{view.Name}.{column.Name}: {column.Meaning}").Prepend($"{view.Name}: {view.Meaning}"))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        comments.Order(StringComparer.Ordinal));
}
