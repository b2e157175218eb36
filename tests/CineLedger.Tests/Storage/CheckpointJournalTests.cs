using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Tests.Storage;

/// <summary>Tests recovery from checkpoints that a killed process left in the middle of a block.</summary>
public sealed class CheckpointJournalTests : IDisposable
{
    private const int BlockBytes = 256 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder.FullName, "ledger.duckdb");

    private string Journal => CheckpointJournal.GetPath(Store);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_half_written_block_is_restored(bool readOnly)
    {
        var (journal, torn) = await CreateTornLedgerAsync();
        await File.WriteAllBytesAsync(Store, torn, Cancel);
        var error = await Assert.ThrowsAsync<DamagedLedgerException>(CountAsync);
        Assert.Contains("Corrupt database file", error.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(Journal, journal, Cancel);
        Assert.Equal(1, await CountAsync());
        await using (var ledger = await DuckDbLedger.OpenAsync(Store, Cancel))
        {
            await LoadAsync(ledger, 1, 2);
        }

        Assert.Equal(2, await CountAsync());

        async Task<long> CountAsync()
        {
            await using var ledger = readOnly ? await DuckDbLedger.OpenReadOnlyAsync(Store, Cancel) : await DuckDbLedger.OpenAsync(Store, Cancel);
            return (await SnapshotRows.FindLatestAsync(ledger.Connection, Cancel))!.Movies;
        }
    }

    [Fact]
    public async Task Intact_blocks_stay_unchanged()
    {
        var (journal, _) = await CreateTornLedgerAsync();
        var whole = await File.ReadAllBytesAsync(Store, Cancel);
        await File.WriteAllBytesAsync(Journal, journal, Cancel);
        await CheckpointJournal.RestoreAsync(Store, Cancel);
        Assert.Equal(whole, await File.ReadAllBytesAsync(Store, Cancel));
    }

    [Theory]
    [InlineData("a checkpoint later")]
    [InlineData("damaged")]
    [InlineData("cut")]
    public async Task A_journal_of_another_checkpoint_is_ignored(string how)
    {
        var (journal, torn) = await CreateTornLedgerAsync();
        switch (how)
        {
            case "a checkpoint later":
                await using (await DuckDbLedger.OpenAsync(Store, Cancel))
                {
                    journal = await File.ReadAllBytesAsync(Journal, Cancel);
                }

                break;
            case "damaged":
                journal[journal.Length / 2] ^= 1;
                break;
            default:
                journal = journal[..^100];
                break;
        }

        await File.WriteAllBytesAsync(Store, torn, Cancel);
        await File.WriteAllBytesAsync(Journal, journal, Cancel);
        await CheckpointJournal.RestoreAsync(Store, Cancel);
        Assert.Equal(torn, await File.ReadAllBytesAsync(Store, Cancel));
    }

    [Fact]
    public async Task A_ledger_in_use_is_left_alone()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, Cancel);
        Assert.True(File.Exists(Journal));
        await LoadAsync(ledger, 1);
        await CheckpointJournal.RestoreAsync(Store, Cancel);
        Assert.Equal(1, (await SnapshotRows.FindLatestAsync(ledger.Connection, Cancel))!.Movies);
    }

    [Fact]
    public async Task A_ledger_that_is_closed_has_no_journal()
    {
        await using (var ledger = await DuckDbLedger.OpenAsync(Store, Cancel))
        {
            await LoadAsync(ledger, 1);
            Assert.True(File.Exists(Journal));
        }

        Assert.Equal([Store], _folder.GetFiles().Select(file => file.FullName));
    }

    [Fact]
    public async Task A_server_keeps_its_journal_at_the_last_checkpoint()
    {
        await using (var ledger = await DuckDbLedger.OpenAsync(Store, Cancel))
        {
            await LoadAsync(ledger, 1);
        }

        await using var pool = await LedgerPool.OpenAsync(Store, null, readOnly: false, NullLogger.Instance, Cancel);
        var first = await File.ReadAllBytesAsync(Journal, Cancel);
        for (var load = 2; load < 4; load++)
        {
            await using var ledger = await pool.OpenForLoadAsync(wait: false, Cancel);
            await LoadAsync(ledger, [.. Enumerable.Range(1, load)]);
        }

        Assert.NotEqual(first, await File.ReadAllBytesAsync(Journal, Cancel));
    }

    /// <summary>
    /// Returns the journal of a ledger of one movie, and the file that a second load would leave if it were killed while its checkpoint was overwriting
    /// blocks. The store itself stays complete.
    /// </summary>
    private async Task<(byte[] Journal, byte[] Torn)> CreateTornLedgerAsync()
    {
        byte[] before, journal;
        await using (var ledger = await DuckDbLedger.OpenAsync(Store, Cancel))
        {
            await LoadAsync(ledger, 1);
            await ledger.ReclaimSpaceAsync(Cancel);
            await ledger.PrepareCommitAsync(Cancel);
            (before, journal) = (await File.ReadAllBytesAsync(Store, Cancel), await File.ReadAllBytesAsync(Journal, Cancel));
            await LoadAsync(ledger, 1, 2);
            await ledger.ReclaimSpaceAsync(Cancel);
        }

        var after = await File.ReadAllBytesAsync(Store, Cancel);
        var torn = 0;
        for (var at = 12_288; at < Math.Min(before.Length, after.Length); at += BlockBytes)
        {
            if (IsInJournal(at) && !before.AsSpan(at, BlockBytes).SequenceEqual(after.AsSpan(at, BlockBytes)))
            {
                // Copy only the first quarter, so the checksum at the start is that of the new block.
                after.AsSpan(at, BlockBytes / 4).CopyTo(before.AsSpan(at));
                torn++;
            }
        }

        Assert.True(torn > 0, "no block was written in place");
        return (journal, before);

        bool IsInJournal(int at) => journal.AsSpan().IndexOf(before.AsSpan(at, BlockBytes)) >= 0;
    }

    private static async Task LoadAsync(Ledger ledger, params int[] movies) =>
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([.. movies.Select(id => MovieFile.Full(id))])), Accept.Anything, null, Cancel);
}
