using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>
/// Reads a file of records: one task decompresses and splits records, one task per core cleans them, and the batches are returned in file
/// order. The queues between the stages are bounded, so memory does not grow with the file.
/// </summary>
/// <param name="read">Reads the batches of records after any header. Its token is canceled when reading ends.</param>
/// <param name="create">Creates a cleaner, once the first batch has been read; each cleaner serves one task at a time.</param>
/// <param name="clean">Cleans a batch. Its token is canceled when reading ends.</param>
internal sealed class BatchPipeline<TCleaner, TResult>(
    Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read, Func<TCleaner> create, Func<TCleaner, RecordBatch, CancellationToken, Task<TResult>> clean)
    : IAsyncDisposable
{
    private static readonly int CleanerCount = Environment.ProcessorCount;

    /// <summary>The number of waiting batches of a quarter of a megabyte: enough to continue while the store compresses its data.</summary>
    private const int QueueLength = 5;

    private readonly Channel<TCleaner> _idle = Channel.CreateUnbounded<TCleaner>();
    private readonly Channel<Task<TResult>> _cleaned = Channel.CreateUnbounded<Task<TResult>>();
    private CancellationTokenSource? _stop;
    private SemaphoreSlim? _slots;
    private Task _reading = Task.CompletedTask;
    private int _cleaners;
    private int _surplus;
    private bool _ended;

    /// <summary>Starts reading before the results are requested.</summary>
    /// <param name="ahead">The number of batches that may wait until then, which bounds memory. Afterwards the default applies.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public void Begin(int ahead, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _slots = new SemaphoreSlim(ahead);
        _surplus = Math.Max(0, ahead - QueueLength);
        var stop = _stop.Token;
        _reading = Task.Run(() => ReadBatchesAsync(_slots, stop), CancellationToken.None);
    }

    /// <summary>Returns the results, once. A read error is thrown after the results that precede it.</summary>
    public async IAsyncEnumerable<TResult> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_stop is null)
        {
            Begin(QueueLength, cancellationToken);
        }

        try
        {
            await foreach (var batch in _cleaned.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (_surplus > 0)
                {
                    _surplus--;
                }
                else
                {
                    _slots!.Release();
                }

                yield return await batch.ConfigureAwait(false);
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops reading, whether or not its results were requested.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop is null || _ended)
        {
            return;
        }

        _ended = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_cleaned.Reader.TryRead(out var remaining))
        {
            await ((Task)remaining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _slots?.Dispose();
        _stop.Dispose();
    }

    private async Task ReadBatchesAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            await foreach (var batch in read(cancellationToken).ConfigureAwait(false))
            {
                var cleaner = await RentCleanerAsync(cancellationToken).ConfigureAwait(false);
                _cleaned.Writer.TryWrite(Task.Run(() => CleanAsync(cleaner, batch, cancellationToken), CancellationToken.None));
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            _cleaned.Writer.Complete();
        }
        catch (Exception error)
        {
            _cleaned.Writer.Complete(error);
        }
    }

    private ValueTask<TCleaner> RentCleanerAsync(CancellationToken cancellationToken)
    {
        if (_idle.Reader.TryRead(out var cleaner))
        {
            return new(cleaner);
        }

        return ++_cleaners <= CleanerCount ? new(create()) : _idle.Reader.ReadAsync(cancellationToken);
    }

    private async Task<TResult> CleanAsync(TCleaner cleaner, RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            var result = await clean(cleaner, batch, cancellationToken).ConfigureAwait(false);
            _idle.Writer.TryWrite(cleaner);
            return result;
        }
    }
}
