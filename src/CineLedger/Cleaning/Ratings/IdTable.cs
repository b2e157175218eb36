using CineLedger.Model;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Numbers of places by ids above zero. Small ids, as MovieLens' are, have arrays of their own, four bytes an id, so that looking up ids in their
/// order keeps to the processor's cache; larger ones an <see cref="IdMap{TKey, TValue}"/>.
/// </summary>
internal sealed class IdTable
{
    private const long FirstLargeId = 1 << 22;
    private const int BlockBits = 12;
    private const int BlockMask = (1 << BlockBits) - 1;

    // In blocks, made when their first id comes: growing leaves nothing behind, and ids far from each other take little.
    private readonly int[]?[] _small = new int[]?[FirstLargeId >> BlockBits];
    private readonly IdMap<long, int> _large = new();

    /// <summary>The place of an id; −1 where there is none.</summary>
    public int this[long id]
    {
        get
        {
            if (id < FirstLargeId)
            {
                return _small[id >> BlockBits] is { } block ? block[id & BlockMask] - 1 : -1;
            }

            return _large.TryGet(id, out var place) ? place : -1;
        }
        set
        {
            if (id < FirstLargeId)
            {
                (_small[id >> BlockBits] ??= new int[BlockMask + 1])[id & BlockMask] = value + 1;
                return;
            }

            _large[id] = value;
        }
    }
}
