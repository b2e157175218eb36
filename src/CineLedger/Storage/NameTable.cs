using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace CineLedger.Storage;

/// <summary>
/// The numbers that the ledger gives to names, in the order in which they first came. A name keeps its number for ever, so a company
/// that is renamed gets a new one, and old snapshots go on showing the old name. Kept are 96-bit fingerprints (of XXH128) in place of the
/// names: a million of them in 34 MB, and nothing for the garbage collector to walk through. That of a hundred million names two are alike has a
/// chance of one in ten trillion.
/// </summary>
internal sealed class NameTable
{
    // Open addressing: the fingerprint itself is the hash.
    private (ulong Low, uint High, int Number)[] _entries = new (ulong, uint, int)[1024];
    private int _count;
    private int _last;

    /// <summary>Takes a number that the ledger has given before.</summary>
    /// <param name="number">The number.</param>
    /// <param name="name">The name.</param>
    /// <param name="sourceId">Tells apart who has the same name; 0 where the name alone is the identity.</param>
    public void Load(int number, string name, long sourceId = 0)
    {
        Find(name, sourceId) = number;
        _last = Math.Max(_last, number);
    }

    /// <summary>For a table that holds only some of the ledger's names: new ones get numbers above this one, the largest given so far.</summary>
    public void GoOnFrom(int last) => _last = Math.Max(_last, last);

    /// <summary>The number of <paramref name="name"/>; <paramref name="isNew"/> where it has just been given.</summary>
    public int Number(ReadOnlySpan<char> name, out bool isNew, long sourceId = 0)
    {
        ref var number = ref Find(name, sourceId);
        isNew = number == 0;
        if (isNew)
        {
            number = ++_last;
        }

        return number;
    }

    /// <summary>The same of a name in UTF-8.</summary>
    public int NumberOfUtf8(ReadOnlySpan<byte> name, out bool isNew, long sourceId = 0)
    {
        Span<char> room = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        Utf8.ToUtf16(name, room, out _, out var length);
        return Number(room[..length], out isNew, sourceId);
    }

    /// <summary>Where the number of a name stands; 0 there where it is new.</summary>
    private ref int Find(ReadOnlySpan<char> name, long sourceId)
    {
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name), sourceId);
        var (low, high) = ((ulong)key, (uint)(key >> 64));
        ref var entry = ref Find(_entries, low, high);
        if (entry.Number == 0)
        {
            if (_count >= _entries.Length - (_entries.Length / 4))
            {
                Grow();
                entry = ref Find(_entries, low, high);
            }

            _count++;
            (entry.Low, entry.High) = (low, high);
        }

        return ref entry.Number;
    }

    private static ref (ulong Low, uint High, int Number) Find((ulong Low, uint High, int Number)[] entries, ulong low, uint high)
    {
        var slot = (int)(low & (uint)(entries.Length - 1));
        while (entries[slot].Number != 0 && (entries[slot].Low != low || entries[slot].High != high))
        {
            slot = (slot + 1) & (entries.Length - 1);
        }

        return ref entries[slot];
    }

    private void Grow()
    {
        var larger = new (ulong, uint, int)[_entries.Length * 2];
        foreach (var entry in _entries)
        {
            if (entry.Number != 0)
            {
                Find(larger, entry.Low, entry.High) = entry;
            }
        }

        _entries = larger;
    }
}
