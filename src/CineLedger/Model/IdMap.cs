namespace CineLedger.Model;

/// <summary>
/// A hash map for keys whose number grows with the dataset: movie ids, MovieLens ids, fingerprints of names. Its overhead is 5 to 11 bytes per entry.
/// It stores entries in blocks, so unlike <see cref="Dictionary{TKey, TValue}"/> it copies no entry and leaves no large array behind when it grows. Keys
/// are never removed.
/// </summary>
internal sealed class IdMap<TKey, TValue>
    where TKey : struct, IEquatable<TKey>
    where TValue : struct
{
    // Open addressing: a slot holds the index of an entry plus 1; 0 is free. Entries are never moved.
    private readonly ChunkedList<Entry> _entries = new();
    private readonly ChunkedList<int> _slots = new();

    /// <param name="capacity">The number of keys that fit without growing.</param>
    public IdMap(int capacity = 768) => _slots.GrowCleared(Math.Max(16, capacity + (capacity / 3)));

    public int Count => _entries.Count;

    /// <summary>A reference to the value of a key. A missing key is added with the type's default value. The reference stays valid when the map grows.</summary>
    public ref TValue this[TKey key]
    {
        get
        {
            ref var slot = ref FindSlot(key);
            if (slot == 0)
            {
                if (Count >= _slots.Count - (_slots.Count / 4))
                {
                    Grow();
                    slot = ref FindSlot(key);
                }

                _entries.Add(new Entry { Key = key });
                slot = Count;
            }

            return ref _entries[slot - 1].Value;
        }
    }

    public bool Contains(TKey key) => FindSlot(key) != 0;

    /// <summary>Returns false and the type's default value when the key is missing.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        var slot = FindSlot(key);
        value = slot == 0 ? default : _entries[slot - 1].Value;
        return slot != 0;
    }

    /// <summary>Copies all keys and values, in the order in which they were added.</summary>
    public (TKey[] Keys, TValue[] Values) ToArrays()
    {
        var (keys, values) = (new TKey[Count], new TValue[Count]);
        for (var i = 0; i < Count; i++)
        {
            (keys[i], values[i]) = (_entries[i].Key, _entries[i].Value);
        }

        return (keys, values);
    }

    /// <summary>Returns the keys whose values satisfy <paramref name="test"/>, in the order in which they were added.</summary>
    public IEnumerable<TKey> Where(Func<TValue, bool> test)
    {
        for (var i = 0; i < Count; i++)
        {
            if (test(_entries[i].Value))
            {
                yield return _entries[i].Key;
            }
        }
    }

    public int CountWhere(Func<TValue, bool> test)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            count += test(_entries[i].Value) ? 1 : 0;
        }

        return count;
    }

    private ref int FindSlot(TKey key)
    {
        // Fibonacci hashing spreads consecutive ids; multiply-and-shift maps the hash to any number of slots.
        var hash = (uint)key.GetHashCode() * 0x9E3779B97F4A7C15UL;
        var at = (int)Math.BigMul(hash, (ulong)_slots.Count, out _);
        while (_slots[at] != 0 && !_entries[_slots[at] - 1].Key.Equals(key))
        {
            at = at + 1 == _slots.Count ? 0 : at + 1;
        }

        return ref _slots[at];
    }

    private void Grow()
    {
        _slots.GrowCleared(_slots.Count * 2);
        for (var i = 0; i < Count; i++)
        {
            FindSlot(_entries[i].Key) = i + 1;
        }
    }

    private struct Entry
    {
        public TKey Key;
        public TValue Value;
    }
}
