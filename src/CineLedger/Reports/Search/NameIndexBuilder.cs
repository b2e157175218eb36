using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage.Reading;

namespace CineLedger.Reports.Search;

/// <summary>Collects the names of an index, the most important first.</summary>
/// <remarks>
/// Most names are ASCII. Such a name is kept once, in upper case, with a bit for each letter that is in lower case. Only other names are kept as they are written, too.
/// </remarks>
internal sealed class NameIndexBuilder
{
    private readonly List<int> _starts = [];
    private readonly List<int> _details = [];
    private readonly List<uint> _letterSets = [];
    private readonly List<long> _ids = [];
    private readonly List<int> _writtenPlaces = [];
    private readonly Utf8StringList _written = new();
    private byte[] _folded = new byte[4096];
    private ulong[] _lowerCase = new ulong[64];
    private char[] _letters = new char[512];
    private int _length = 1;

    public NameIndexBuilder() => _folded[0] = NameIndex.Separator;

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="id">The ID of a movie; 0 for other names.</param>
    /// <param name="detail">See <see cref="FoundName.Detail"/>.</param>
    public void Add(ReadOnlySpan<byte> name, long id, int detail)
    {
        Reserve(name.Length);
        _starts.Add(_length);
        _details.Add(detail);
        if (id != 0)
        {
            CollectionsMarshal.SetCount(_ids, _starts.Count);
            _ids[^1] = id;
        }

        if (Ascii.IsValid(name) && !name.ContainsAnyInRange((byte)0, (byte)(' ' - 1)) && name.IndexOf("  "u8) < 0)
        {
            Ascii.ToUpper(name, _folded.AsSpan(_length), out _);
            for (var i = 0; i < name.Length; i++)
            {
                if (name[i] != _folded[_length + i])
                {
                    _lowerCase[(_length + i) >> 6] |= 1UL << ((_length + i) & 63);
                }
            }

            _length += name.Length;
        }
        else
        {
            _writtenPlaces.Add(_starts.Count - 1);
            _written.Add(name);
            _length += Fold(name);
        }

        _letterSets.Add(LetterSet.Create(_folded.AsSpan(_starts[^1], _length - _starts[^1])));
        _folded[_length++] = NameIndex.Separator;
    }

    /// <summary>Adds another name of the movie that was added last.</summary>
    public void AddAlias(ReadOnlySpan<byte> name, long id) => Add(name, id, NameIndex.Alias);

    public NameIndex Build() => new(
        _folded.AsSpan(0, _length).ToArray(),
        _lowerCase.AsSpan(0, (_length >> 6) + 1).ToArray(),
        [.. _starts],
        [.. _details],
        [.. _letterSets],
        [.. _ids],
        [.. _writtenPlaces],
        _written);

    /// <summary>Writes a name without accents, and with one space in place of any white space. Returns its length in bytes.</summary>
    private int Fold(ReadOnlySpan<byte> name)
    {
        // The upper half receives the result, in which a letter may have become two.
        if (_letters.Length < 3 * name.Length)
        {
            _letters = new char[3 * name.Length];
        }

        var upper = _letters.AsSpan(0, Encoding.UTF8.GetChars(name, _letters));
        for (var i = 0; i < upper.Length; i++)
        {
            upper[i] = char.ToUpperInvariant(upper[i]);
        }

        var plain = _letters.AsSpan(upper.Length);
        plain = plain[..NameFolding.RemoveAccents(upper, plain)];
        var length = 0;
        foreach (var letter in plain)
        {
            if (!char.IsWhiteSpace(letter))
            {
                plain[length++] = letter;
            }
            else if (length > 0 && plain[length - 1] != ' ')
            {
                plain[length++] = ' ';
            }
        }

        return Encoding.UTF8.GetBytes(plain[..length].TrimEnd(' '), _folded.AsSpan(_length));
    }

    /// <summary>Makes room for a name, which folding may lengthen to three bytes per byte, and its separator.</summary>
    private void Reserve(int length)
    {
        var needed = _length + (3 * length) + 1;
        if (needed > _folded.Length)
        {
            Array.Resize(ref _folded, Math.Max(needed, _folded.Length * 2));
            Array.Resize(ref _lowerCase, (_folded.Length >> 6) + 1);
        }
    }
}
