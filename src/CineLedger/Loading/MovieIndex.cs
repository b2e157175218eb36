using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>
/// What a load knows of every film by its id: the content the ledger holds now, and the best record read so far. A hash table of plain values, since it is
/// the one thing of a load that grows with the dataset: 32 bytes a film, and 5 to 11 for the places where films are looked for.
/// </summary>
internal sealed class MovieIndex
{
    // Open addressing over the places of entries, from 1; 0 is free. Entries themselves are never moved.
    private readonly BlockList<Entry> _entries = new();
    private readonly BlockList<int> _slots = new();

    public MovieIndex(int capacity = 4096) => _slots.GrowCleared(Math.Max(16, capacity + (capacity / 3)));

    public int Count => _entries.Count;

    /// <summary>The entry of a film, made on first asking.</summary>
    public ref Entry this[long id]
    {
        get
        {
            ref var slot = ref Find(id);
            if (slot == 0)
            {
                if (Count >= _slots.Count - (_slots.Count / 4))
                {
                    Grow();
                    slot = ref Find(id);
                }

                _entries.Add(new Entry { Id = id });
                slot = Count;
            }

            return ref _entries[slot - 1];
        }
    }

    /// <summary>The entry of a film, where there is one.</summary>
    public bool TryGet(long id, out Entry entry)
    {
        var slot = Find(id);
        entry = slot == 0 ? default : _entries[slot - 1];
        return slot != 0;
    }

    /// <summary>Ids of the films for which <paramref name="test"/> holds, in the order in which they came.</summary>
    public IEnumerable<long> Where(Func<Entry, bool> test)
    {
        for (var i = 0; i < Count; i++)
        {
            var entry = _entries[i];
            if (test(entry))
            {
                yield return entry.Id;
            }
        }
    }

    public int CountWhere(Func<Entry, bool> test)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            count += test(_entries[i]) ? 1 : 0;
        }

        return count;
    }

    private ref int Find(long id)
    {
        var at = IdHash.PlaceOf(id, _slots.Count);
        while (_slots[at] != 0 && _entries[_slots[at] - 1].Id != id)
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
            Find(_entries[i].Id) = i + 1;
        }
    }

    /// <summary>One film.</summary>
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
