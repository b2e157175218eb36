using System.Diagnostics;
using System.Runtime.CompilerServices;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading;

public sealed class LoadPrefetchTests : IDisposable
{
    private const int Most = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private readonly TaskCompletionSource _started = new();
    private int _given;
    private int _cleaned;
    private bool _ended;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Csv => Path.Combine(_folder.FullName, "movies_metadata.csv");

    [Fact]
    public async Task Reading_starts_before_the_first_request_and_is_complete_and_in_order()
    {
        await using var ahead = Begin(token => CountAsync(5, null, token));
        await _started.Task.WaitAsync(Cancel);

        Assert.Equal([0, 1, 2, 3, 4], await ahead.ReadAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Reading_starts_before_the_first_request_and_stops_at_its_limit()
    {
        await using (var ahead = Begin(token => CountAsync(int.MaxValue, null, token)))
        {
            while (Volatile.Read(ref _cleaned) < Most)
            {
                await Task.Delay(10, Cancel);
            }

            Assert.Equal(Most, _given);
            Assert.Equal([0, 1, 2, 3, 4], await ahead.ReadAsync(Cancel).Take(5).ToListAsync(Cancel));
        }

        Assert.True(_ended);
    }

    [Fact]
    public async Task A_read_error_is_thrown_after_the_results_that_precede_it()
    {
        await using var ahead = Begin(token => CountAsync(2, null, token).Concat(CountAsync(0, new LedgerException("no such luck"), token)));
        var got = new List<int>();

        Assert.Equal("no such luck", (await Assert.ThrowsAsync<LedgerException>(async () =>
        {
            await foreach (var item in ahead.ReadAsync(Cancel))
            {
                got.Add(item);
            }
        })).Message);
        Assert.Equal([0, 1], got);
    }

    [Fact]
    public async Task A_failure_is_thrown_when_the_data_is_requested()
    {
        await using var ahead = Begin(token => CountAsync(0, new LedgerException("no such luck"), token));
        await _started.Task.WaitAsync(Cancel);

        Assert.Equal("no such luck", (await Assert.ThrowsAsync<LedgerException>(async () => await ahead.ReadAsync(Cancel).ToListAsync(Cancel))).Message);
    }

    [Fact]
    public async Task Data_that_is_never_requested_is_cancelled()
    {
        var ahead = Begin(token => CountAsync(int.MaxValue, null, token));
        await _started.Task.WaitAsync(Cancel);
        await ahead.DisposeAsync();

        Assert.True(_ended);
    }

    [Fact]
    public async Task Only_local_sources_are_read_before_the_ledger_is_open()
    {
        await File.WriteAllTextAsync(Csv, MovieFile.Text(MovieFile.Full(1)), Cancel);
        await using (var local = LoadPrefetch.Begin([Csv], new(), SourceOptions.Default, Cancel))
        {
            Assert.NotNull(local);
            Assert.Equal("movies_metadata.csv", (await local.GetFilesAsync()).Names);
        }

        foreach (var source in (string[])["-", "https://example.org/a.zip", "s3://bucket/a.zip", Path.Combine(_folder.FullName, "missing.zip")])
        {
            Assert.Null(LoadPrefetch.Begin([Csv, source], new(), SourceOptions.Default, Cancel));
        }
    }

    [Fact]
    public async Task A_pipe_is_not_read_before_the_ledger_is_open_whatever_it_is_called()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this test creates a named pipe with mkfifo");
        var (pipe, link, circle) = (Path.Combine(_folder.FullName, "pipe"), Path.Combine(_folder.FullName, "link"), Path.Combine(_folder.FullName, "circle"));
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(Cancel);
        }

        File.CreateSymbolicLink(link, pipe);
        File.CreateSymbolicLink(circle, circle);
        foreach (var path in (string[])[pipe, link, circle])
        {
            Assert.Null(LoadPrefetch.Begin([path], new(), SourceOptions.Default, Cancel));
        }

        await File.WriteAllTextAsync(Csv, MovieFile.Text(MovieFile.Full(1)), Cancel);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "file"), Csv);
        await using var reading = LoadPrefetch.Begin([Path.Combine(_folder.FullName, "file")], new(), SourceOptions.Default, Cancel);
        Assert.NotNull(reading);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_reported_when_its_load_begins()
    {
        await File.WriteAllTextAsync(Csv, "nothing of the kind\n", Cancel);
        await using var reading = LoadPrefetch.Begin([Csv], new(), SourceOptions.Default, Cancel)!;

        Assert.Contains(Csv, (await Assert.ThrowsAsync<LedgerException>(reading.GetDatasetAsync)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts a pipeline that turns each batch into a number, before its results are requested.</summary>
    private BatchPipeline<int, int> Begin(Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read)
    {
        var pipeline = new BatchPipeline<int, int>(read, () => 0, (_, batch, _) =>
        {
            Interlocked.Increment(ref _cleaned);
            return Task.FromResult((int)batch.Buffer[0]);
        });
        pipeline.Begin(Most, Cancel);
        return pipeline;
    }

    private async IAsyncEnumerable<RecordBatch> CountAsync(int count, Exception? failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            _started.TrySetResult();
            await Task.Yield();
            if (failure is not null)
            {
                throw failure;
            }

            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _given);
                var batch = new RecordBatch([], 16);
                batch.Buffer[0] = (byte)i;
                yield return batch;
            }
        }
        finally
        {
            _ended = true;
        }
    }
}
