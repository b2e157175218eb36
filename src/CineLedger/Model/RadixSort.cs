namespace CineLedger.Model;

/// <summary>
/// Sorts numbers byte by byte, the lowest byte first, in linear time. <see cref="Array.Sort(Array)"/> compares, and compiles its code for each type of number in every
/// process.
/// </summary>
internal static class RadixSort
{
    private const int Bytes = sizeof(ulong);
    private const int Values = 1 << 8;

    /// <summary>Returns the keys in ascending order: one of the two spans, both of which are overwritten.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="space">Space for at least as many keys.</param>
    public static Span<ulong> Sort(Span<ulong> keys, Span<ulong> space)
    {
        Span<int> counts = stackalloc int[Bytes * Values];
        counts.Clear();
        foreach (var key in keys)
        {
            for (var at = 0; at < Bytes; at++)
            {
                counts[(at * Values) + (byte)(key >> (8 * at))]++;
            }
        }

        var from = keys;
        var to = space[..keys.Length];
        for (var at = 0; at < Bytes; at++)
        {
            var places = counts.Slice(at * Values, Values);
            if (keys.Length == 0 || places[(byte)(from[0] >> (8 * at))] == keys.Length)
            {
                // All keys have the same byte here.
                continue;
            }

            var next = 0;
            foreach (ref var place in places)
            {
                (place, next) = (next, next + place);
            }

            foreach (var key in from)
            {
                to[places[(byte)(key >> (8 * at))]++] = key;
            }

            var sorted = to;
            to = from;
            from = sorted;
        }

        return from;
    }

    /// <summary>Returns the index behind the last of the sorted keys that equal the one at an index.</summary>
    public static int FindEnd(this Span<ulong> sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start])
        {
            end++;
        }

        return end;
    }
}
