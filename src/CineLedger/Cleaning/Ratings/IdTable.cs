namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Numbers of places by ids above zero. Small ids, as MovieLens' are, have a plain array, so that looking up ids in their order keeps to
/// the processor's cache; larger ones an open-addressing table of 16 bytes an id and a third for free places.
/// </summary>
internal sealed class IdTable
{
    private (long Id, int Place)[] _entries = new (long, int)[16];

    private const long SmallIds = 1 << 22;
    private int[] _small = [];
    private int _count;

    /// <summary>The place of an id; −1 where there is none.</summary>
    public int this[long id]
    {
        get
        {
            if (id < _small.Length)
            {
                return _small[id] - 1;
            }

            ref var entry = ref Find(_entries, id);
            return entry.Id == 0 ? -1 : entry.Place;
        }
        set
        {
            if (id < SmallIds)
            {
                if (id >= _small.Length)
                {
                    Array.Resize(ref _small, (int)Math.Min(SmallIds, Math.Max(1024, id * 2)));
                }

                _small[id] = value + 1;
                return;
            }

            if (_count >= _entries.Length - (_entries.Length / 4))
            {
                Grow();
            }

            ref var entry = ref Find(_entries, id);
            _count += entry.Id == 0 ? 1 : 0;
            entry = (id, value);
        }
    }

    private static ref (long Id, int Place) Find((long Id, int Place)[] entries, long id)
    {
        // Fibonacci hashing spreads consecutive ids; multiply-and-shift maps the hash to a table of any size.
        var slot = (int)Math.BigMul(unchecked((ulong)id * 0x9E3779B97F4A7C15UL), (ulong)entries.Length, out _);
        while (entries[slot].Id != 0 && entries[slot].Id != id)
        {
            slot = slot + 1 == entries.Length ? 0 : slot + 1;
        }

        return ref entries[slot];
    }

    private void Grow()
    {
        var larger = new (long, int)[_entries.Length + (_entries.Length / 2)];
        foreach (var entry in _entries)
        {
            if (entry.Id != 0)
            {
                Find(larger, entry.Id) = entry;
            }
        }

        _entries = larger;
    }
}
