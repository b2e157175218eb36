using System.Runtime.CompilerServices;

namespace CineLedger.Loading;

/// <summary>A sequence that is begun before anybody asks for it. Whoever made it disposes it, read or not.</summary>
internal sealed class ReadAhead<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<T> _items;
    private readonly Task<bool> _first;

    public ReadAhead(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = items.GetAsyncEnumerator(_stop.Token);
        _first = Task.Run(() => _items.MoveNextAsync().AsTask(), CancellationToken.None);
    }

    /// <summary>Its items, once. What its beginning has failed of is thrown here.</summary>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = await _first.WaitAsync(cancellationToken).ConfigureAwait(false); more; more = await _items.MoveNextAsync().ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _items.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
