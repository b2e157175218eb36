using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task Too_many_rejected_records_leave_the_ledger_as_it_was()
    {
        await LoadAsync(Full(1));
        var before = await StateAsync();
        MovieRow[] rows = [.. Enumerable.Range(1, 96).Select(id => Full(id)), .. Enumerable.Range(1, 4).Select(_ => Full(1, ("id", "x")))];

        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(new LoadOptions { MaxRejects = 0.039 }, rows));
        Assert.StartsWith("4 of 100 records of movies_metadata.csv were rejected, more than --max-rejects 3.9% allows", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());

        Assert.True((await LoadAsync(new LoadOptions { MaxRejects = 0.04 }, rows)).IsPublished);
    }

    [Fact]
    public async Task A_load_that_would_close_more_than_a_fifth_of_the_movies_is_refused_unless_allowed()
    {
        await LoadAsync([.. Enumerable.Range(1, 10).Select(id => Full(id))]);
        var before = await StateAsync();
        MovieRow[] seven = [.. Enumerable.Range(1, 7).Select(id => Full(id, ("title", "New")))];

        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(seven));
        Assert.StartsWith("the dataset lacks 3 of the ledger's 10 movies", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());

        Assert.Equal(3, (await LoadAsync(Accept.Anything, seven)).Snapshot.Removed);
    }

    [Fact]
    public async Task A_load_that_closes_a_fifth_of_the_movies_is_published()
    {
        await LoadAsync([.. Enumerable.Range(1, 10).Select(id => Full(id))]);
        Assert.Equal(2, (await LoadAsync([.. Enumerable.Range(1, 8).Select(id => Full(id))])).Snapshot.Removed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x,y\n")]
    public async Task A_file_without_a_usable_record_is_refused(string records)
    {
        await LoadAsync(Full(1));
        var before = await StateAsync();
        var error = await Assert.ThrowsAsync<LedgerException>(
            () => LoadAsync(MemoryDataset.Create(Header() + records), new() { MaxRejects = 1, AllowsShrink = true, AcceptedGates = Accept.Content }, null, Cancel));
        Assert.Contains("movies_metadata.csv contains no movie", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_load_whose_source_breaks_off_midway_leaves_nothing_and_the_next_one_succeeds()
    {
        await LoadAsync(Full(1));
        var before = await StateAsync();
        var text = MovieFile.Text([.. Enumerable.Range(1, 4_000).Select(id => Full(id, ("title", "New")))]);

        await Assert.ThrowsAsync<IOException>(
            () => LoadAsync(MemoryDataset.Create(text, wrap: stream => new FaultyStream(stream, 1_500_000, () => throw new IOException("cut"))), Accept.AnyContent, null, Cancel));
        Assert.Equal(before, await StateAsync());

        Assert.Equal(4_000, (await LoadAsync(MemoryDataset.Create(text), Accept.AnyContent, null, Cancel)).Snapshot.Movies);
    }

    [Fact]
    public async Task A_load_cancelled_midway_leaves_no_rows_and_the_next_load_succeeds()
    {
        await LoadAsync(Full(1));
        var before = await StateAsync();
        var text = MovieFile.Text([.. Enumerable.Range(1, 4_000).Select(id => Full(id, ("title", "New")))]);

        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => LoadAsync(MemoryDataset.Create(text, wrap: stream => new FaultyStream(stream, 1_500_000, cancel.Cancel)), Accept.AnyContent, null, cancel.Token));
        Assert.Equal(before, await StateAsync());

        Assert.Equal(2, (await LoadAsync(MemoryDataset.Create(text), Accept.AnyContent, null, Cancel)).Snapshot.Id);
    }

    [Fact]
    public async Task Findings_of_a_dead_load_are_not_published_by_the_next()
    {
        await LoadAsync(Full(1));
        await UnpublishedSnapshots.BeginAsync(Ledger.Connection, 2, Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO finding (snapshot_id, kind, rule, file, line, occurrences) VALUES (2, 'reject', 'invalid-id', 'movies_metadata.csv', 9, 1)", Cancel);
        Assert.Equal(2, (await LoadAsync(Full(1), Full(2))).Snapshot.Id);
        Assert.Equal(0L, await CountAsync("finding"));
    }

    [Fact]
    public async Task Progress_ends_with_every_record_and_never_goes_back()
    {
        var reports = new List<LoadProgress>();
        var text = MovieFile.Text([.. Enumerable.Range(1, 3_000).Select(id => Full(id))]);
        await LoadAsync(MemoryDataset.Create(text), Accept.AnyContent, new ProgressRecorder(reports), Cancel);
        Assert.True(reports.Count > 1);
        Assert.Equal(reports.OrderBy(report => report.BytesRead), reports);
        Assert.Equal(3_000, reports[^1].Records);
        Assert.InRange(reports[^1].BytesRead, text.Length - Header().Length - 3_000, text.Length);
    }

    [Fact]
    public async Task A_synthetic_dataset_is_marked_in_its_snapshot()
    {
        var dataset = new MemoryDataset((DatasetFiles.Movies, System.Text.Encoding.UTF8.GetBytes(MovieFile.Text(Full(1))))) { Address = "memory", Synthetic = true };
        Assert.True((await LoadAsync(dataset, Accept.AnyContent, null, Cancel)).Snapshot.Synthetic);
        Assert.True((await SnapshotRows.FindLatestAsync(Connection, Cancel))!.Synthetic);
    }

    /// <summary>Runs an action once a number of bytes has been read.</summary>
    private sealed class FaultyStream(Stream inner, long after, Action fault) : MemoryStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= after)
            {
                fault();
            }

            var read = await inner.ReadAsync(buffer, cancellationToken);
            _read += read;
            return read;
        }
    }

    private sealed class ProgressRecorder(List<LoadProgress> reports) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => reports.Add(value);
    }
}
