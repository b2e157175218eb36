using System.Buffers;

namespace CineLedger.Records;

/// <summary>
/// A list in an array that the pool lends. Of small records a batch holds ten thousand and more: lists of that size made anew for every batch are
/// garbage that the collector leaves for a long time.
/// </summary>
internal sealed class PooledList<T>(int capacity)
    where T : struct
{
    private T[] _items = ArrayPool<T>.Shared.Rent(capacity);

    /// <summary>How many there are; still true after <see cref="Return"/>.</summary>
    public int Count { get; private set; }

    public T this[int index]
    {
        get => _items.AsSpan(0, Count)[index];
        set => _items.AsSpan(0, Count)[index] = value;
    }

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Count * 2);
            _items.CopyTo(larger, 0);
            ArrayPool<T>.Shared.Return(_items);
            _items = larger;
        }

        _items[Count++] = item;
    }

    /// <summary>Forgets all after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Gives the array back: no item is to be asked for any more.</summary>
    public void Return()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = [];
        }
    }
}
