using System.Runtime.InteropServices;
using System.Text.Unicode;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// The numbers that the ledger assigns to names, in the order of their first appearance. A name never changes its number: a renamed company gets a
/// new one, and old snapshots keep showing the old name. Names are stored as fingerprints: a million of them take about 24 MB and are no work for the
/// garbage collector.
/// </summary>
/// <param name="joinsSpellings">Whether spellings of one company, as <see cref="CompanyNameComparer"/> compares them, have one number.</param>
internal sealed class NameTable(bool joinsSpellings = false)
{
    private const int MaxStackLength = 256;

    private FingerprintMap _numbers = new();
    private int _last;
    private bool _isClosed;

    /// <summary>Whether a number has been assigned.</summary>
    public bool HasNew { get; private set; }

    /// <summary>Adds a name that already has a number in the ledger.</summary>
    /// <param name="number">The number.</param>
    /// <param name="name">The name.</param>
    /// <param name="sourceId">Distinguishes people with the same name; 0 if names are unique.</param>
    public void Load(int number, string name, long sourceId = 0)
    {
        Find(name, sourceId) = number;
        _last = Math.Max(_last, number);
    }

    /// <summary>Returns the number of a name; 0 if it has none.</summary>
    public int FindNumber(string name) => Find(name, 0);

    /// <summary>Sets the largest number that the ledger has assigned, for a table that holds only some of the ledger's names.</summary>
    public void ContinueNumbersFrom(int last) => _last = Math.Max(_last, last);

    /// <summary>
    /// Removes all names except those with the given numbers, to free memory once no new names can appear. A later lookup of a removed name is an
    /// error of the caller.
    /// </summary>
    public void RetainOnly(IReadOnlySet<int> numbers)
    {
        var (keys, all) = _numbers.ToArrays();
        (_numbers, _isClosed) = (new(), true);
        for (var i = 0; i < keys.Length; i++)
        {
            if (numbers.Contains(all[i]))
            {
                _numbers[keys[i]] = all[i];
            }
        }
    }

    /// <summary>Returns the number of <paramref name="name"/>. <paramref name="isNew"/> is true if it has just been assigned.</summary>
    public int GetNumber(ReadOnlySpan<char> name, out bool isNew, long sourceId = 0)
    {
        ref var number = ref Find(name, sourceId);
        isNew = number == 0;
        if (isNew)
        {
            number = ++_last;
            HasNew = true;
        }

        return number;
    }

    /// <summary>Returns the number of a name in UTF-8.</summary>
    public int GetNumber(ReadOnlySpan<byte> name, out bool isNew, long sourceId = 0)
    {
        Span<char> space = name.Length <= MaxStackLength ? stackalloc char[name.Length] : new char[name.Length];
        Utf8.ToUtf16(name, space, out _, out var length);
        return GetNumber(space[..length], out isNew, sourceId);
    }

    /// <summary>Returns the fingerprint by which a name is found. It does not read the numbers, so other threads may call it.</summary>
    public Fingerprint GetKey(ReadOnlySpan<char> name, long sourceId = 0)
    {
        if (joinsSpellings)
        {
            Span<char> common = name.Length <= MaxStackLength ? stackalloc char[name.Length] : new char[name.Length];
            return Fingerprint.Create(MemoryMarshal.AsBytes(common[..CompanyNameComparer.Normalize(name, common)]), sourceId);
        }

        return Fingerprint.Create(MemoryMarshal.AsBytes(name), sourceId);
    }

    /// <summary>Returns the number of a name by its fingerprint; 0 if it has none.</summary>
    public int FindNumber(Fingerprint key) => _numbers.TryGet(key, out var number) ? number : 0;

    /// <summary>Returns a reference to the number of a name, which is 0 for a new name.</summary>
    private ref int Find(ReadOnlySpan<char> name, long sourceId)
    {
        var fingerprint = GetKey(name, sourceId);
        if (_isClosed && !_numbers.TryGet(fingerprint, out _))
        {
            throw new InvalidOperationException("the name was not in the set of names to retain");
        }

        return ref _numbers[fingerprint];
    }
}
