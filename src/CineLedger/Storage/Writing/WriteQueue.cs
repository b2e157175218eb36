using System.Threading.Channels;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Writes what it is given in a task of its own, in order, so that whoever gives it goes on meanwhile: an engine that compresses a
/// block of rows holds its thread for a tenth of a second. What waits is bounded.
/// </summary>
internal sealed class WriteQueue<T>
{
    private readonly Channel<T> _queue;
    private readonly Task _writing;
    private volatile bool _isCanceled;

    /// <param name="write">Writes one item; called from one task at a time.</param>
    /// <param name="capacity">Items that may wait.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public WriteQueue(Func<T, CancellationToken, ValueTask> write, int capacity, CancellationToken cancellationToken)
    {
        _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writing = Task.Run(() => WriteAsync(write, cancellationToken), CancellationToken.None);
    }

    /// <summary>Waits for a place. Throws what the writing has failed of.</summary>
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

    /// <summary>Nothing more comes: done when all has been written. Throws what the writing has failed of.</summary>
    public Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        return _writing;
    }

    /// <summary>What waits need not be written any more: done when nothing is being written.</summary>
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
            // Nobody may wait for a place that will not come.
            _queue.Writer.TryComplete();
        }
    }
}
