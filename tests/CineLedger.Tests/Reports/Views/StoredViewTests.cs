using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Reports.Views;

/// <summary>The views in a DuckDB file.</summary>
public sealed class StoredViewTests : StoredViewSuite, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    protected override string PinStatement => "SET VARIABLE snapshot = {0}";

    protected override string UnpinStatement => "RESET VARIABLE snapshot";

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_store_describes_views_and_columns()
    {
        var comments = await Ledger.Connection.QueryAsync(
            "SELECT table_name || '.' || column_name || ': ' || comment FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal) "
            + "UNION ALL SELECT view_name || ': ' || comment FROM duckdb_views() WHERE NOT internal",
            row => row.GetString(0),
            Cancel);
        await AssertDescribedAsync(comments);
    }

    /// <summary>An analyst opens the file with another DuckDB, where its catalog has another name.</summary>
    [Fact]
    public async Task Views_do_not_depend_on_the_name_under_which_the_file_is_attached()
    {
        var path = _ledger!.Path;
        await _ledger.DisposeAsync();
        await using (var other = new DuckDB.NET.Data.DuckDBConnection($"DataSource={path};ACCESS_MODE=READ_ONLY"))
        {
            await other.OpenAsync(Cancel);
            Assert.Equal(0L, await other.ExecuteScalarAsync("SELECT COUNT(*) FROM movies JOIN movie_companies USING (movie_id) JOIN company_years USING (year)", Cancel));
        }

        _ledger = await DuckDbLedger.OpenAsync(path, Cancel);
    }
}
