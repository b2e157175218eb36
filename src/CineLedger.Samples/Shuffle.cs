using System.Numerics;

namespace CineLedger.Samples;

/// <summary>
/// A permutation of the numbers 0 to n − 1, computed on demand: a four-round Feistel network over the next power of four, applied
/// repeatedly until the result is in range. It makes a set of the ids already used unnecessary.
/// </summary>
internal sealed class Shuffle
{
    private readonly long _count;
    private readonly int _half;
    private readonly ulong _mask;
    private readonly ulong _key;

    public Shuffle(long count, ulong key)
    {
        _count = count;
        _half = (BitOperations.Log2((ulong)Math.Max(count - 1, 1)) / 2) + 1;
        _mask = (1UL << _half) - 1;
        _key = key;
    }

    public long this[long index]
    {
        get
        {
            do
            {
                index = Permute((ulong)index);
            }
            while (index >= _count);
            return index;
        }
    }

    private long Permute(ulong value)
    {
        ulong left = value >> _half, right = value & _mask;
        for (ulong round = 0; round < 4; round++)
        {
            (left, right) = (right, left ^ (Rng.Mix(right + _key + (round << 56)) & _mask));
        }

        return (long)((left << _half) | right);
    }
}
