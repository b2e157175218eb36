using CineLedger.Model;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Maps ids above zero to indexes. Small ids, such as those of MovieLens, are stored in arrays with four bytes per id, so that lookups in id order stay in the
/// processor's cache. Larger ids are stored in an <see cref="IdMap{TKey, TValue}"/>.
/// </summary>
internal sealed class IdTable
{
    private const long FirstLargeId = 1 << 22;
    private const int BlockBits = 12;
    private const int BlockMask = (1 << BlockBits) - 1;

    // Blocks are created on demand, so that growing leaves no old array behind and sparse ids take little memory.
    private readonly int[]?[] _small = new int[]?[FirstLargeId >> BlockBits];
    private readonly IdMap<long, int> _large = new();

    /// <summary>The index of an id; −1 if the id is unknown.</summary>
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
