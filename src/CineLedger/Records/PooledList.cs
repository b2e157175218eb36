using System.Buffers;

namespace CineLedger.Records;

/// <summary>
/// A list in an array rented from the pool. A batch can contain more than ten thousand small records; allocating lists of that size for every batch would
/// create garbage that is rarely collected.
/// </summary>
internal sealed class PooledList<T>(int capacity)
    where T : struct
{
    private T[] _items = ArrayPool<T>.Shared.Rent(capacity);

    /// <summary>The number of items, which stays valid after <see cref="Return"/>.</summary>
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

    /// <summary>Removes all items after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Returns the array to the pool. The items must not be read afterwards.</summary>
    public void Return()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = [];
        }
    }
}
