using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using DuckDB.NET.Data;

namespace CineLedger.Tests.Storage;

public sealed class DuckDbFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "ledger.duckdb");

    [Fact]
    public async Task A_ledger_keeps_what_was_loaded_and_can_be_read_without_writing()
    {
        await using (var ledger = await DuckDbLedger.OpenAsync(File, Cancel))
        {
            await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(MovieFile.Full(1))), Accept.AnyContent, null, Cancel);
        }

        await using var again = await DuckDbLedger.OpenReadOnlyAsync(File, Cancel);
        Assert.Equal(1, (await SnapshotRows.FindLatestAsync(again.Connection, Cancel))!.Movies);
        await Assert.ThrowsAsync<DuckDBException>(() => again.Connection.ExecuteAsync("DELETE FROM movie", Cancel));
    }

    [Fact]
    public async Task Distinct_texts_are_stored_uncompressed_and_repeated_ones_by_dictionary()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(File, Cancel);
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([.. Enumerable.Range(1, 3000).Select(id => MovieFile.Full(id))])), Accept.AnyContent, null, Cancel);
        await ledger.Connection.ExecuteAsync("CHECKPOINT ledger", Cancel);
        var ways = await ledger.Connection.QueryAsync(
            "SELECT DISTINCT column_name, compression FROM pragma_storage_info('movie') WHERE segment_type = 'VARCHAR' ORDER BY 1", row => $"{row.GetString(0)} {row.GetString(1)}", Cancel);
        Assert.Equal(
            ["homepage Uncompressed", "imdb_id Uncompressed", "original_title Uncompressed", "overview Uncompressed", "poster_path Uncompressed", "tagline Uncompressed", "title Uncompressed"],
            ways.Where(way => way.EndsWith("Uncompressed", StringComparison.Ordinal)));
        Assert.Equal(10, ways.Count);
    }

    [Fact]
    public async Task A_ledger_of_a_newer_program_is_refused_for_writing_and_for_reading()
    {
        await using (var ledger = await DuckDbLedger.OpenAsync(File, Cancel))
        {
            await ledger.Connection.ExecuteAsync("INSERT INTO ledger_schema VALUES (99, $1)", Cancel, DateTime.UtcNow);
        }

        foreach (var open in Ways())
        {
            var error = await Assert.ThrowsAnyAsync<LedgerException>(() => open(File));
            Assert.EndsWith($"was written by a newer CineLedger (schema 99, this one supports up to {Migrations.Latest}): update this program.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_DuckDB_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), Cancel);
        foreach (var open in Ways())
        {
            Assert.Contains("is not a ledger: the file exists but is not a DuckDB database", (await Assert.ThrowsAnyAsync<LedgerException>(() => open(File))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_foreign_DuckDB_file_is_not_a_ledger()
    {
        await using (var other = new DuckDBConnection($"DataSource={File}"))
        {
            await other.OpenAsync(Cancel);
            await other.ExecuteAsync("CREATE TABLE t (i INTEGER)", Cancel);
        }

        Assert.Contains("lacks the ledger's tables", (await Assert.ThrowsAnyAsync<LedgerException>(() => DuckDbLedger.OpenReadOnlyAsync(File, Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_a_missing_ledger_fails_and_creates_none()
    {
        var error = await Assert.ThrowsAsync<MissingLedgerException>(() => DuckDbLedger.OpenReadOnlyAsync(File, Cancel));
        Assert.StartsWith($"there is no ledger {File}: load a dataset first", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_folder_or_a_path_in_a_missing_folder_is_not_a_store()
    {
        Assert.Contains("is a folder", (await Assert.ThrowsAnyAsync<LedgerException>(() => DuckDbLedger.OpenAsync(_folder.FullName, Cancel))).Message, StringComparison.Ordinal);
        var missing = Path.Combine(_folder.FullName, "no", "ledger.duckdb");
        Assert.Contains("does not exist", (await Assert.ThrowsAnyAsync<LedgerException>(() => DuckDbLedger.OpenAsync(missing, Cancel))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Func<string, Task>[] Ways() =>
        [async path => await (await DuckDbLedger.OpenAsync(path, Cancel)).DisposeAsync(), async path => await (await DuckDbLedger.OpenReadOnlyAsync(path, Cancel)).DisposeAsync()];
}
