using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Tests.Storage;

/// <summary>Tests a DuckDB file with many readers during a load.</summary>
public sealed class DuckDbPoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "ledger.duckdb");

    [Fact]
    public async Task Readers_continue_during_a_load_and_are_notified_when_it_is_published()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        var notified = new List<int>();
        pool.Published += snapshot => notified.Add(snapshot.Id);
        await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
        {
            Assert.Equal(1, await MoviesAsync(pool));
            await LoadAsync(load, 1, 2);
            await using var reader = await pool.RentAsync(2, Cancel);
            Assert.Equal(2, (await SnapshotRows.FindLatestAsync(reader.Connection, Cancel))!.Movies);
            Assert.Empty(notified);
        }

        Assert.Equal([2], notified);
        Assert.Equal((2, 2), (pool.Newest!.Id, await MoviesAsync(pool)));
    }

    [Fact]
    public async Task A_load_leaves_readers_all_processors_again()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        Assert.Equal(Environment.ProcessorCount, await ThreadsAsync());
        await using (await pool.OpenForLoadAsync(wait: false, Cancel))
        {
            Assert.Equal(1, await ThreadsAsync());
        }

        Assert.Equal(Environment.ProcessorCount, await ThreadsAsync());

        async Task<long> ThreadsAsync()
        {
            await using var reader = await pool.RentAsync(null, Cancel);
            return (long)(await reader.Connection.ExecuteScalarAsync("SELECT CURRENT_SETTING('threads')", Cancel))!;
        }
    }

    [Fact]
    public async Task The_memory_limit_depends_on_the_movies_and_not_on_the_file_size()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        var before = await LimitAsync();
        var size = new FileInfo(File).Length;
        for (var round = 0; round < 3; round++)
        {
            await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
            {
                await LoadAsync(load, [.. Enumerable.Range(1 + (round % 2 * 5_000), 5_000)]);
            }

            await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
            {
                await LoadAsync(load, 1);
            }
        }

        Assert.Equal(before, await LimitAsync());
        Assert.True(new FileInfo(File).Length > size + (1 << 20));

        async Task<string> LimitAsync()
        {
            await using var reader = await pool.RentAsync(null, Cancel);
            return (string)(await reader.Connection.ExecuteScalarAsync("SELECT CURRENT_SETTING('memory_limit')", Cancel))!;
        }
    }

    [Fact]
    public async Task A_load_leaves_nothing_in_the_log_beside_the_file_and_little_in_memory()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
        {
            await LoadAsync(load, [.. Enumerable.Range(1, 2_000)]);
        }

        Assert.False(System.IO.File.Exists($"{File}.wal") && new FileInfo($"{File}.wal").Length > 0);
        Assert.InRange(pool.ReadMemory().Where(part => part.Part == "in_memory_table").Sum(part => part.Bytes), 0, 1 << 20);
        Assert.Contains(pool.ReadMemory(), part => part.Bytes > 0);
    }

    [Fact]
    public async Task Two_loads_run_one_after_the_other()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        var first = await pool.OpenForLoadAsync(wait: false, Cancel);
        await Assert.ThrowsAsync<LedgerBusyException>(() => pool.OpenForLoadAsync(wait: false, Cancel));
        var second = pool.OpenForLoadAsync(wait: true, Cancel);
        await LoadAsync(first, 1, 2);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var ledger = await second;
        await LoadAsync(ledger, 1, 2, 3);
        Assert.Equal(3, (await pool.RefreshAsync(3, Cancel))!.Movies);
    }

    [Fact]
    public async Task A_load_that_fails_leaves_the_pool_as_it_was()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
        {
            await Assert.ThrowsAnyAsync<LedgerException>(() => Loader.LoadAsync(load, MemoryDataset.Create(MovieFile.Header()), Accept.AnyContent, null, Cancel));
        }

        Assert.Equal(1, pool.Newest!.Id);
        await using (var load = await pool.OpenForLoadAsync(wait: false, Cancel))
        {
            await LoadAsync(load, 1, 2);
        }

        Assert.Equal(2, pool.Newest.Id);
    }

    [Fact]
    public async Task A_rented_connection_is_exclusive_until_returned()
    {
        await CreateLedgerAsync();
        await using var pool = await OpenAsync();
        var readers = new List<RentedConnection>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
            {
                readers.Add(await pool.RentAsync(null, patience.Token));
            }
        });
        Assert.Equal(readers.Count, readers.Select(reader => reader.Connection).Distinct().Count());
        await readers[0].DisposeAsync();
        await using (var again = await pool.RentAsync(null, Cancel))
        {
            Assert.Same(readers[0].Connection, again.Connection);
        }

        foreach (var reader in readers.Skip(1))
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_ledger_that_is_only_read_is_shared_with_others_and_never_loaded()
    {
        await CreateLedgerAsync();
        await using var pool = await LedgerPool.OpenAsync(File, null, readOnly: true, NullLogger.Instance, Cancel);
        await using var other = await LedgerPool.OpenAsync(File, null, readOnly: true, NullLogger.Instance, Cancel);
        Assert.Equal((1, 1), (await MoviesAsync(pool), await MoviesAsync(other)));
        await Assert.ThrowsAsync<UsageException>(() => pool.OpenForLoadAsync(wait: false, Cancel));
    }

    [Fact]
    public async Task A_missing_ledger_is_reported_and_not_created()
    {
        await Assert.ThrowsAsync<MissingLedgerException>(OpenAsync);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<LedgerPool> OpenAsync() => LedgerPool.OpenAsync(File, null, readOnly: false, NullLogger.Instance, Cancel);

    private async Task CreateLedgerAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(File, Cancel);
        await LoadAsync(ledger, 1);
    }

    private static async Task LoadAsync(Ledger ledger, params int[] movies) =>
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([.. movies.Select(id => MovieFile.Full(id))])), Accept.Anything, null, Cancel);

    private static async Task<long> MoviesAsync(LedgerPool pool)
    {
        await using var reader = await pool.RentAsync(pool.Newest!.Id, Cancel);
        return (await SnapshotRows.FindLatestAsync(reader.Connection, Cancel))!.Movies;
    }
}
