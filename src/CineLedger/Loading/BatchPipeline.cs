using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>
/// Reads a file of records: one task decompresses and finds records, as many as there are cores clean them, and the batches come out
/// in the order of the file. What waits between the stages is bounded, so memory does not grow with the file.
/// </summary>
/// <param name="read">Reads the batches of records, after any header. Its token ends with the reading.</param>
/// <param name="create">Makes a cleaner, once the first batch has been read; each serves one task at a time.</param>
/// <param name="clean">What a cleaner makes of a batch. Its token ends with the reading.</param>
internal sealed class BatchPipeline<TCleaner, TResult>(
    Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read, Func<TCleaner> create, Func<TCleaner, RecordBatch, CancellationToken, Task<TResult>> clean)
    : IAsyncDisposable
{
    private static readonly int CleanerCount = Environment.ProcessorCount;

    /// <summary>Batches that may wait, of a quarter of a megabyte: enough to go on with while the store compresses what it has.</summary>
    private const int QueueLength = 5;

    private readonly Channel<TCleaner> _idle = Channel.CreateUnbounded<TCleaner>();
    private readonly Channel<Task<TResult>> _cleaned = Channel.CreateUnbounded<Task<TResult>>();
    private CancellationTokenSource? _stop;
    private SemaphoreSlim? _places;
    private Task _reading = Task.CompletedTask;
    private int _cleaners;
    private int _surplus;
    private bool _ended;

    /// <summary>Begins before anyone asks for a result.</summary>
    /// <param name="ahead">Batches that may wait until then: a bound on memory. Afterwards it is the usual one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public void Begin(int ahead, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _places = new SemaphoreSlim(ahead);
        _surplus = Math.Max(0, ahead - QueueLength);
        var stop = _stop.Token;
        _reading = Task.Run(() => ReadBatchesAsync(_places, stop), CancellationToken.None);
    }

    /// <summary>The results, once. What the reading failed of comes after the results before it.</summary>
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
                    _places!.Release();
                }

                yield return await batch.ConfigureAwait(false);
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the reading, whether or not anyone has asked for its results.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop is null || _ended)
        {
            return;
        }

        _ended = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_cleaned.Reader.TryRead(out var left))
        {
            await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _places?.Dispose();
        _stop.Dispose();
    }

    private async Task ReadBatchesAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            await foreach (var batch in read(cancellationToken).ConfigureAwait(false))
            {
                var cleaner = await TakeCleanerAsync(cancellationToken).ConfigureAwait(false);
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

    private ValueTask<TCleaner> TakeCleanerAsync(CancellationToken cancellationToken)
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
