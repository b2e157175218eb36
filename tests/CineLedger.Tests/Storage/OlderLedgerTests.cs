using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.SqlSandbox;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests a ledger that an older version created with the first schema.</summary>
public sealed class OlderLedgerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private string Store => Path.Combine(_folder.FullName, "ledger.duckdb");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, Cancel);
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(Full(11), Full(12)), "v1"), Accept.AnyContent, null, Cancel);
        string[] newer =
        [
            .. RelatedTables.All, "person", "keyword", "webhook", "webhook_delivery", "load_run", "load_schedule", "snapshot_source", "snapshot_figure", "snapshot_profile", "snapshot_total", "push_answer", "stream_offset", "draft",
            "change_feed", .. GateRows.Tables, "studio", "studio_line", "company_studio",
        ];
        await DropViewsAsync(ledger);
        foreach (var table in newer)
        {
            await ledger.Connection.ExecuteAsync($"DROP TABLE {table}", Cancel);
        }

        await ledger.Connection.ExecuteAsync("ALTER TABLE snapshot DROP COLUMN files; ALTER TABLE snapshot DROP COLUMN ratings; DELETE FROM ledger_schema WHERE version > 1", Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_has_no_views_until_the_next_load_creates_them()
    {
        await using (var reading = await DuckDbLedger.OpenReadOnlyAsync(Store, Cancel))
        {
            Assert.Equal(0L, await reading.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM duckdb_views() WHERE NOT internal", Cancel));
            Assert.Equal("2", await SqlLedger.QueryAsync(reading, "SELECT COUNT(*) FROM movies"));
            Assert.Equal("2", await SqlLedger.QueryAsync(reading, "SELECT MAX(company_releases) FROM company_genre_years"));
            Assert.Contains("studio_years", await SqlLedger.RefusalAsync(reading, "SELECT * FROM studio_years"), StringComparison.Ordinal);
        }

        await using var upgraded = await DuckDbLedger.OpenAsync(Store, Cancel);
        Assert.Equal(2L, await upgraded.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM movies", Cancel));
    }

    [Fact]
    public async Task A_file_without_tables_after_a_dead_first_load_is_not_a_ledger()
    {
        var path = Path.Combine(_folder.FullName, "died.duckdb");
        await using (var ledger = await DuckDbLedger.OpenAsync(path, Cancel))
        {
            await ledger.Connection.ExecuteAsync("DROP TABLE snapshot; DELETE FROM ledger_schema", Cancel);
        }

        var error = await Assert.ThrowsAsync<MissingLedgerException>(() => DuckDbLedger.OpenReadOnlyAsync(path, Cancel));
        Assert.Contains("there is no ledger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_of_the_version_before_secrets_could_be_replaced_are_kept()
    {
        var path = Path.Combine(_folder.FullName, "webhooks.duckdb");
        var webhook = new Webhook("a", "https://a.example/hook", "whsec_old", new DateTime(2024, 5, 1, 6, 0, 0, DateTimeKind.Utc), 0);
        await using (var ledger = await DuckDbLedger.OpenAsync(path, Cancel))
        {
            await WebhookRows.InsertAsync(ledger.Connection, webhook, Cancel);
            await DropViewsAsync(ledger);
            await ledger.Connection.ExecuteAsync(
                "ALTER TABLE webhook DROP COLUMN previous_secret; ALTER TABLE webhook DROP COLUMN previous_until; "
                + "DROP TABLE snapshot_profile; DROP TABLE snapshot_total; DROP TABLE studio; DROP TABLE studio_line; DROP TABLE company_studio; DELETE FROM ledger_schema WHERE version > 8", Cancel);
        }

        await using (var reading = await DuckDbLedger.OpenReadOnlyAsync(path, Cancel))
        {
            Assert.False(await WebhookRows.CanBeReadAsync(reading.Connection, Cancel));
        }

        await using var upgraded = await DuckDbLedger.OpenAsync(path, Cancel);
        var until = new DateTime(2024, 6, 1, 6, 0, 0, DateTimeKind.Utc);
        Assert.True(await WebhookRows.ReplaceSecretAsync(upgraded.Connection, "a", "whsec_new", until, Cancel));
        var kept = (await WebhookRows.FindAsync(upgraded.Connection, "a", Cancel))!;
        Assert.Equal(("https://a.example/hook", "whsec_new", "whsec_old", until), (kept.Url, kept.Secret, kept.PreviousSecret, kept.PreviousUntil));
    }

    [Fact]
    public async Task It_still_serves_reports_and_says_in_one_line_that_it_has_no_ratings()
    {
        await using var ledger = await DuckDbLedger.OpenReadOnlyAsync(Store, Cancel);
        var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, Cancel);
        var studios = await Assert.ThrowsAsync<LedgerException>(
            () => ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = ReportDefinition.Studios }, snapshot, Cancel));
        Assert.Equal("this ledger was written by an older CineLedger and contains no studios: run cineledger studios import, which upgrades it.", studios.Message);
        var request = new ReportRequest { Report = ReportDefinition.Genres };
        await using (var result = await ReportRunner.OpenAsync(ledger.Connection, request, snapshot, Cancel))
        {
            Assert.True(await result.Rows.ReadAsync(Cancel));
        }

        request = request with { Popularity = Popularity.Ratings };
        var error = await Assert.ThrowsAnyAsync<LedgerException>(() => ReportRunner.OpenAsync(ledger.Connection, request, snapshot, Cancel));
        Assert.Equal("this ledger was written by an older CineLedger and contains no ratings, people or keywords: load a dataset with this version first.", error.Message);
    }

    [Fact]
    public async Task The_next_load_brings_it_up_to_date_and_fetches_its_source_again()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, Cancel);
        Assert.Null(await SnapshotRows.FindKnownVersionAsync(ledger.Connection, "memory", Cancel));
        var summary = await Loader.LoadAsync(ledger, RelatedFiles.Dataset(Full(11), Full(12)), Accept.AnyContent, null, Cancel);
        Assert.Equal((2, 0L, 2L), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed));
        Assert.Equal(3L, await ledger.Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 2", Cancel));
        Assert.Null(await ledger.Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 1", Cancel));
    }

    private static async Task DropViewsAsync(DuckDbLedger ledger)
    {
        foreach (var view in await SnapshotViews.ReadAsync(Cancel))
        {
            await ledger.Connection.ExecuteAsync($"DROP VIEW {view.Name}", Cancel);
        }
    }
}
