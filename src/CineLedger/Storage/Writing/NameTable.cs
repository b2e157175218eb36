using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// The numbers that the ledger gives to names, in the order in which they first came. A name keeps its number for ever, so a company
/// that is renamed gets a new one, and old snapshots go on showing the old name. Kept are 96-bit fingerprints (of XXH128) in place of the
/// names: a million of them in some 24 MB, and nothing for the garbage collector to walk through. That of a hundred million names two are alike has a
/// chance of one in ten trillion.
/// </summary>
internal sealed class NameTable
{
    private IdMap<Fingerprint, int> _numbers = new();
    private int _last;
    private bool _isClosed;

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
    public void ContinueNumbersFrom(int last) => _last = Math.Max(_last, last);

    /// <summary>
    /// Forgets the names of all other numbers, with the memory they took, once no more can come: from now on a name that is not kept is a mistake of
    /// the caller's.
    /// </summary>
    public void RetainOnly(IReadOnlySet<int> numbers)
    {
        var all = _numbers;
        (_numbers, _isClosed) = (new(), true);
        foreach (var key in all.Where(numbers.Contains))
        {
            _numbers[key] = all[key];
        }
    }

    /// <summary>The number of <paramref name="name"/>; <paramref name="isNew"/> where it has just been given.</summary>
    public int GetNumber(ReadOnlySpan<char> name, out bool isNew, long sourceId = 0)
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
    public int GetNumber(ReadOnlySpan<byte> name, out bool isNew, long sourceId = 0)
    {
        Span<char> space = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        Utf8.ToUtf16(name, space, out _, out var length);
        return GetNumber(space[..length], out isNew, sourceId);
    }

    /// <summary>Where the number of a name stands; 0 there where it is new.</summary>
    private ref int Find(ReadOnlySpan<char> name, long sourceId)
    {
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name), sourceId);
        var fingerprint = new Fingerprint((ulong)key, (uint)(key >> 64));
        if (_isClosed && !_numbers.Contains(fingerprint))
        {
            throw new InvalidOperationException("a name that was not kept");
        }

        return ref _numbers[fingerprint];
    }

    /// <summary>Packed: with a number it takes 16 bytes in place of 24.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Fingerprint(ulong Low, uint High)
    {
        public override int GetHashCode() => (int)Low;
    }
}
