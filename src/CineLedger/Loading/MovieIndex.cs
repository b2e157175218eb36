namespace CineLedger.Loading;

/// <summary>
/// What a load knows of every film by its id: the content the ledger holds now, and the best record read so far. An open-addressing
/// table of plain values, since it is the one thing of a load that grows with the dataset: 32 bytes a film and a third for free places.
/// </summary>
internal sealed class MovieIndex
{
    private Entry[] _entries;
    private int _count;

    public MovieIndex(int capacity = 4096) => _entries = new Entry[Math.Max(16, capacity + (capacity / 3))];

    public int Count => _count;

    /// <summary>The entry of a film, made on first asking. Good until the next call.</summary>
    public ref Entry this[long id]
    {
        get
        {
            if (_count >= _entries.Length - (_entries.Length / 4))
            {
                Grow();
            }

            ref var entry = ref Find(_entries, id);
            if (entry.Id == 0)
            {
                entry.Id = id;
                _count++;
            }

            return ref entry;
        }
    }

    /// <summary>The entry of a film, where there is one.</summary>
    public bool TryGet(long id, out Entry entry)
    {
        entry = Find(_entries, id);
        return entry.Id != 0;
    }

    /// <summary>Ids of the films for which <paramref name="test"/> holds, in no order.</summary>
    public IEnumerable<long> Where(Func<Entry, bool> test)
    {
        foreach (var entry in _entries)
        {
            if (entry.Id != 0 && test(entry))
            {
                yield return entry.Id;
            }
        }
    }

    public int CountWhere(Func<Entry, bool> test)
    {
        var count = 0;
        foreach (var entry in _entries)
        {
            count += entry.Id != 0 && test(entry) ? 1 : 0;
        }

        return count;
    }

    private static ref Entry Find(Entry[] entries, long id)
    {
        // Fibonacci hashing spreads consecutive ids; multiply-and-shift maps the hash to a table of any size.
        var hash = unchecked((ulong)id * 0x9E3779B97F4A7C15UL);
        var slot = (int)Math.BigMul(hash, (ulong)entries.Length, out _);
        while (entries[slot].Id != 0 && entries[slot].Id != id)
        {
            slot = slot + 1 == entries.Length ? 0 : slot + 1;
        }

        return ref entries[slot];
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length + (_entries.Length / 2)];
        foreach (var entry in _entries)
        {
            if (entry.Id != 0)
            {
                Find(larger, entry.Id) = entry;
            }
        }

        _entries = larger;
    }

    /// <summary>One film. An id is above zero, so 0 marks a free place.</summary>
    internal struct Entry
    {
        public long Id;

        /// <summary>Fingerprint of the content in the ledger; 0 where the ledger has no such film.</summary>
        public long LedgerHash;

        /// <summary>Fingerprint of the best record of this load, good where <see cref="Line"/> is not 0.</summary>
        public long Hash;

        /// <summary>Votes of that record; −1 where unknown.</summary>
        public int Votes;

        /// <summary>Line of that record; 0 where this load has none.</summary>
        public int Line;

        public readonly bool InLedger => LedgerHash != 0;
    }
}
