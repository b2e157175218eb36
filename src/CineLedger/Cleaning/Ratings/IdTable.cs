using CineLedger.Model;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Numbers of places by ids above zero. Small ids, as MovieLens' are, have arrays of their own, four bytes an id, so that looking up ids in their
/// order keeps to the processor's cache; larger ones an open-addressing table of 16 bytes an id and a third for free places.
/// </summary>
internal sealed class IdTable
{
    private const long SmallIds = 1 << 22;
    private const int BlockBits = 12;
    private const int InBlock = (1 << BlockBits) - 1;

    // In blocks, made when their first id comes: growing leaves nothing behind, and ids far from each other take little.
    private readonly int[]?[] _small = new int[]?[SmallIds >> BlockBits];
    private (long Id, int Place)[] _entries = new (long, int)[16];
    private int _count;

    /// <summary>The place of an id; −1 where there is none.</summary>
    public int this[long id]
    {
        get
        {
            if (id < SmallIds)
            {
                return _small[id >> BlockBits] is { } block ? block[id & InBlock] - 1 : -1;
            }

            ref var entry = ref Find(_entries, id);
            return entry.Id == 0 ? -1 : entry.Place;
        }
        set
        {
            if (id < SmallIds)
            {
                (_small[id >> BlockBits] ??= new int[InBlock + 1])[id & InBlock] = value + 1;
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
        var slot = IdHash.PlaceOf(id, entries.Length);
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
