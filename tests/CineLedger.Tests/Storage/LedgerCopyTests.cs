using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

public sealed class LedgerCopyTests : IAsyncLifetime
{
    private static readonly LoadOptions Allow = new() { AllowsShrink = true, AcceptedGates = Accept.Content, MaxRejects = 1 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _source;
    private DuckDbLedger? _target;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Source => _source!;

    private DuckDbLedger Target => _target!;

    public async ValueTask InitializeAsync()
    {
        _source = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "source.duckdb"), Cancel);
        _target = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "target.duckdb"), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_copy_has_every_row_of_every_table()
    {
        await LoadThreeAsync();
        var summary = await LedgerCopy.RunAsync(Source, Target, Cancel);
        var state = await StateAsync(Source);
        Assert.Equal(new CopySummary(3, state.Count(row => row.StartsWith("movie:", StringComparison.Ordinal)), 3), summary);
        Assert.Equal(state, await StateAsync(Target));
    }

    [Fact]
    public async Task Ratings_people_and_keywords_are_copied()
    {
        await Loader.LoadAsync(Source, RelatedFiles.Dataset(Full(11), Full(12)), Accept.AnyContent, null, Cancel);
        await Loader.LoadAsync(Source, RelatedFiles.Dataset([Full(11), Full(12)], keywords: "id,keywords\n"), Accept.AnyContent, null, Cancel);
        await LedgerCopy.RunAsync(Source, Target, Cancel);
        Assert.Equal(await StateAsync(Source), await StateAsync(Target));
        Assert.False((await Loader.LoadAsync(Target, RelatedFiles.Dataset([Full(11), Full(12)], keywords: "id,keywords\n"), Accept.AnyContent, null, Cancel)).IsPublished);
    }

    [Fact]
    public async Task Every_table_is_either_copied_or_listed_as_not_copied()
    {
        var tables = await Source.Connection.QueryAsync("SELECT table_name FROM duckdb_tables()", row => row.GetString(0), Cancel);
        Assert.Equal(tables.Except(LedgerCopy.NotCopied).Order(StringComparer.Ordinal), LedgerCopy.Tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_copy_loads_on_as_its_original_does()
    {
        await LoadThreeAsync();
        await LedgerCopy.RunAsync(Source, Target, Cancel);
        MovieRow[] next = [Full(1, ("title", "d")), Full(6, ("production_companies", "[{'name': 'Another', 'id': 77}]"))];
        foreach (var ledger in (DuckDbLedger[])[Source, Target])
        {
            Assert.Equal(4, (await LoadAsync(ledger, "v4", next)).Snapshot.Id);
        }

        Assert.Equal(await StateAsync(Source, "snapshot"), await StateAsync(Target, "snapshot"));
    }

    [Fact]
    public async Task Unpublished_rows_are_not_copied()
    {
        await LoadThreeAsync();
        var published = await StateAsync(Source);
        await Source.Connection.ExecuteAsync("INSERT INTO movie (movie_id, since, company_count, genre_count, content_hash, line) VALUES (77, 4, 0, 0, 5, 2)", Cancel);
        await Source.Connection.ExecuteAsync("INSERT INTO movie_genre VALUES (77, 4, 1, 0, NULL)", Cancel);
        await Source.Connection.ExecuteAsync("UPDATE movie SET until = 4 WHERE until IS NULL AND movie_id = 1", Cancel);
        await LedgerCopy.RunAsync(Source, Target, Cancel);
        Assert.Equal(published, await StateAsync(Target));
    }

    [Fact]
    public async Task A_copy_goes_into_an_empty_ledger_only()
    {
        await Assert.ThrowsAsync<LedgerException>(() => LedgerCopy.RunAsync(Source, Target, Cancel));
        await LoadThreeAsync();
        await LoadAsync(Target, null, Full(9));
        var before = await StateAsync(Target);
        var error = await Assert.ThrowsAsync<LedgerException>(() => LedgerCopy.RunAsync(Source, Target, Cancel));
        Assert.Contains("already holds snapshot 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(Target));
    }

    [Fact]
    public async Task A_copy_that_is_stopped_leaves_nothing_to_read_and_the_next_one_succeeds()
    {
        await LoadThreeAsync();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LedgerCopy.RunAsync(Source, Target, cancel.Token));

        // The state after a copy that was killed between its two transactions.
        await Target.Connection.ExecuteAsync("INSERT INTO company VALUES (1, 'Left')", Cancel);
        await Target.Connection.ExecuteAsync("INSERT INTO movie_company VALUES (1, 1, 1, 0, NULL)", Cancel);
        Assert.Null(await SnapshotRows.FindLatestAsync(Target.Connection, Cancel));
        await LedgerCopy.RunAsync(Source, Target, Cancel);
        Assert.Equal(await StateAsync(Source), await StateAsync(Target));
    }

    private async Task LoadThreeAsync()
    {
        await LoadAsync(Source, "v1", Full(1), Bare(2), Full(3, ("title", "日本 🎬"), ("adult", "True"), ("popularity", "0.000001")), Full(1, ("id", "x")));
        await LoadAsync(Source, "v2", Full(1, ("title", "b")), Full(2, ("release_date", "1874-12-09")), Full(4, ("overview", new string('é', 50_000))));
        await LoadAsync(Source, "v3", Full(1, ("title", "c")), Full(5, ("budget", "GATORADE")), Full(3, ("popularity", "875.581305")));
    }

    private static Task<LoadSummary> LoadAsync(Ledger ledger, string? version, params MovieRow[] rows) =>
        Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(rows), version), Allow, null, Cancel);

    /// <summary>Returns every row of every copied table, optionally except one table.</summary>
    private static async Task<IReadOnlyList<string>> StateAsync(Ledger ledger, string? except = null)
    {
        var rows = new List<string>();
        foreach (var table in LedgerCopy.Tables.Where(table => table != except))
        {
            rows.AddRange(await ledger.Connection.QueryAsync(
                $"SELECT * FROM {table}", row => $"{table}: {string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))}", Cancel));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
