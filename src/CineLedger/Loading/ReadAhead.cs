using System.Runtime.CompilerServices;

namespace CineLedger.Loading;

/// <summary>A sequence that is begun before anybody asks for it, and goes on until somebody does. Whoever made it disposes it, read or not.</summary>
internal sealed class ReadAhead<T> : IAsyncDisposable
{
    private readonly Queue<T> _read = [];
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<T> _items;
    private readonly Task<bool> _reading;
    private volatile bool _asked;

    /// <param name="items">The sequence.</param>
    /// <param name="most">How many of its items may wait until somebody asks: a bound on memory.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public ReadAhead(IAsyncEnumerable<T> items, int most, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = items.GetAsyncEnumerator(_stop.Token);
        _reading = Task.Run(() => ReadUntilAskedAsync(most), CancellationToken.None);
    }

    /// <summary>Completes when no more items are read ahead: as many wait as may, the sequence has ended or failed, or the caller has begun to read.</summary>
    public Task Filled => _reading;

    /// <summary>Its items, once. What it has failed of comes after the items before it.</summary>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _asked = true;
        await ((Task)_reading).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        while (_read.TryDequeue(out var item))
        {
            yield return item;
        }

        for (var more = await _reading.ConfigureAwait(false); more && await _items.MoveNextAsync().ConfigureAwait(false);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _items.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>False where the sequence has ended.</summary>
    private async Task<bool> ReadUntilAskedAsync(int most)
    {
        while (!_asked && _read.Count < most)
        {
            if (!await _items.MoveNextAsync().ConfigureAwait(false))
            {
                return false;
            }

            _read.Enqueue(_items.Current);
        }

        return true;
    }
}
