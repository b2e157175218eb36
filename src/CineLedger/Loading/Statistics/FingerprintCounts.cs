using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// Counts by fingerprint in one array, so that a lookup usually touches one place in memory. An <see cref="IdMap{TKey, TValue}"/> grows without copying but touches
/// three, which takes most of the time with millions of different texts.
/// </summary>
/// <param name="expected">The number of fingerprints to reserve space for.</param>
internal sealed class FingerprintCounts(int expected)
{
    // Open addressing: a fingerprint of all zeros marks a free place. A text with this fingerprint is as unlikely as a collision.
    private Entry[] _entries = new Entry[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected))];
    private int _count;

    /// <summary>A reference to the count of a fingerprint, valid until the next call. A missing fingerprint is added with 0.</summary>
    public ref int this[Fingerprint key]
    {
        get
        {
            ref var entry = ref Find(_entries, key);
            if (entry.Key == default)
            {
                if (++_count > _entries.Length - (_entries.Length / 4))
                {
                    Grow();
                    entry = ref Find(_entries, key);
                }

                entry.Key = key;
            }

            return ref entry.Count;
        }
    }

    /// <summary>Copies all fingerprints and counts.</summary>
    public (Fingerprint[] Keys, int[] Counts) ToArrays()
    {
        var (keys, counts, at) = (new Fingerprint[_count], new int[_count], 0);
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.Key != default)
            {
                (keys[at], counts[at]) = (entry.Key, entry.Count);
                at++;
            }
        }

        return (keys, counts);
    }

    private static ref Entry Find(Entry[] entries, Fingerprint key)
    {
        var at = (int)key.Low & (entries.Length - 1);
        while (entries[at].Key != key && entries[at].Key != default)
        {
            at = (at + 1) & (entries.Length - 1);
        }

        return ref entries[at];
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.Key != default)
            {
                Find(larger, entry.Key) = entry;
            }
        }

        _entries = larger;
    }

    private struct Entry
    {
        public Fingerprint Key;
        public int Count;
    }
}
