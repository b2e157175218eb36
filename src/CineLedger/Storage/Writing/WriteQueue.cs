using System.Threading.Channels;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Writes items in a separate task, in order, so that the caller can continue: an engine that compresses a block of rows occupies its thread for a
/// tenth of a second. The queue is bounded.
/// </summary>
internal sealed class WriteQueue<T>
{
    private readonly Channel<T> _queue;
    private readonly Task _writing;
    private volatile bool _isCanceled;

    /// <param name="write">Writes one item; called from one task at a time.</param>
    /// <param name="capacity">The maximum number of waiting items.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public WriteQueue(Func<T, CancellationToken, ValueTask> write, int capacity, CancellationToken cancellationToken)
    {
        _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writing = Task.Run(() => WriteAsync(write, cancellationToken), CancellationToken.None);
    }

    /// <summary>Adds an item, waiting while the queue is full. If writing has failed, throws that exception.</summary>
    public async ValueTask AddAsync(T item, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            await _writing.ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the queue and waits until everything is written. If writing has failed, throws that exception.</summary>
    public Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        return _writing;
    }

    /// <summary>Discards waiting items and waits for the current write to end.</summary>
    public async Task CancelAsync()
    {
        _isCanceled = true;
        await CompleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync(Func<T, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (_isCanceled)
                {
                    return;
                }

                await write(item, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // Callers must not keep waiting for a free slot.
            _queue.Writer.TryComplete();
        }
    }
}
