using System.Numerics;

namespace CineLedger.Model;

/// <summary>
/// Maps fingerprints to numbers in one array, so that a lookup usually touches one place in memory. An <see cref="IdMap{TKey, TValue}"/> grows without copying but
/// touches three, which takes most of the time with millions of different texts. Keys are never removed.
/// </summary>
/// <param name="capacity">The number of fingerprints that fit without growing, or more.</param>
internal sealed class FingerprintMap(int capacity = 768)
{
    // Open addressing: a fingerprint of all zeros marks a free place. A text with this fingerprint is as unlikely as a collision.
    private Entry[] _entries = new Entry[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 3)))];

    public int Count { get; private set; }

    /// <summary>A reference to the number of a fingerprint, valid until the next call. A missing fingerprint is added with 0.</summary>
    public ref int this[Fingerprint key]
    {
        get
        {
            ref var entry = ref Find(_entries, key);
            if (entry.Key == default)
            {
                if (++Count > _entries.Length - (_entries.Length / 4))
                {
                    Grow();
                    entry = ref Find(_entries, key);
                }

                entry.Key = key;
            }

            return ref entry.Value;
        }
    }

    /// <summary>Returns false and 0 when the fingerprint is missing.</summary>
    public bool TryGet(Fingerprint key, out int value)
    {
        ref readonly var entry = ref Find(_entries, key);
        value = entry.Value;
        return entry.Key != default;
    }

    /// <summary>Copies all fingerprints and numbers.</summary>
    public (Fingerprint[] Keys, int[] Values) ToArrays()
    {
        var (keys, values, at) = (new Fingerprint[Count], new int[Count], 0);
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.Key != default)
            {
                (keys[at], values[at]) = (entry.Key, entry.Value);
                at++;
            }
        }

        return (keys, values);
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
        public int Value;
    }
}
