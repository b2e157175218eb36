using System.Text;
using CineLedger.Storage.Reading;

namespace CineLedger.Reports.Search;

/// <summary>
/// The names of one kind in memory, for searching while a person types. All names are one text in the folded form that <see cref="SearchText"/> compares, which is searched as a
/// whole: looking at each name would take a hundred times as long. See docs/decisions/0106-explanations-and-search.md.
/// </summary>
public sealed class NameIndex
{
    internal const byte Separator = (byte)'\n';

    /// <summary>The detail of another name of the movie before.</summary>
    internal const int Alias = int.MinValue;

    private const int LowerCase = 'a' - 'A';

    private readonly byte[] _folded;
    private readonly ulong[] _lowerCase;
    private readonly int[] _starts;
    private readonly int[] _details;
    private readonly uint[] _letterSets;
    private readonly long[] _ids;
    private readonly int[] _writtenPlaces;
    private readonly Utf8StringList _written;

    internal NameIndex(byte[] folded, ulong[] lowerCase, int[] starts, int[] details, uint[] letterSets, long[] ids, int[] writtenPlaces, Utf8StringList written) =>
        (_folded, _lowerCase, _starts, _details, _letterSets, _ids, _writtenPlaces, _written) = (folded, lowerCase, starts, details, letterSets, ids, writtenPlaces, written);

    /// <summary>The number of names, including other names of movies.</summary>
    public int Count => _starts.Length;

    /// <summary>The size in memory, in bytes.</summary>
    public long Size => _folded.Length + _written.Size + (8L * (_lowerCase.Length + _ids.Length))
        + (4L * (_starts.Length + _details.Length + _letterSets.Length + _writtenPlaces.Length));

    /// <param name="names">The names, the most important first.</param>
    public static NameIndex Create(IEnumerable<FoundName> names)
    {
        var builder = new NameIndexBuilder();
        foreach (var name in names)
        {
            builder.Add(Encoding.UTF8.GetBytes(name.Name), name.Id, name.Detail);
            if (name.OtherName is { } other)
            {
                builder.AddAlias(Encoding.UTF8.GetBytes(other), name.Id);
            }
        }

        return builder.Build();
    }

    /// <summary>Returns the names that match without errors, the best and most important first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The maximum number of names.</param>
    public IReadOnlyList<FoundName> Find(SearchText text, int limit)
    {
        // Names are in the order of their importance, so the first ones of a rank are the best of it. A short text occurs in most names, so the search stops when enough names
        // begin with it.
        var found = new RankedPlaces(limit);
        byte[] whole = [Separator, .. text.Utf8, Separator];
        for (var at = FindPlace(whole, 0, 1); at >= 0 && !found.IsFull(MatchRank.WholeName); at = FindPlace(whole, at + 1, 1))
        {
            found.Add(MatchRank.WholeName, GetMain(at));
        }

        for (var at = FindPlace(text.MainWord, 0, 0); at >= 0 && !found.IsFull(MatchRank.Beginnings); at = FindPlace(text.MainWord, at + 1, 0))
        {
            if (text.Match(GetFolded(at)) is { } rank)
            {
                found.Add(rank, GetMain(at));
            }
        }

        return found.Select(Get);
    }

    /// <summary>Returns the names that match with errors, the nearest and most important first: see <see cref="MatchRank.NearName"/> and the following.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<FoundName> FindSimilar(SearchText text, int limit)
    {
        var found = new RankedPlaces(limit);
        for (var at = 0; at < _starts.Length && !found.IsFull(MatchRank.NearName); at++)
        {
            if (text.MayBeNear(_letterSets[at]) && text.MatchNear(GetFolded(at)) is { } rank)
            {
                found.Add(rank, GetMain(at));
            }
        }

        return found.Select(Get);
    }

    /// <summary>Returns the first of the names from a place on that contains a text, which may include the separators around a name; -1 if none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The place of the first name.</param>
    /// <param name="offset">The number of bytes of the text before the name.</param>
    private int FindPlace(ReadOnlySpan<byte> text, int from, int offset)
    {
        if (from >= _starts.Length)
        {
            return -1;
        }

        var start = _starts[from] - offset;
        var found = _folded.AsSpan(start).IndexOf(text);
        if (found < 0)
        {
            return -1;
        }

        var place = Array.BinarySearch(_starts, from, _starts.Length - from, start + found + offset);
        return place >= 0 ? place : ~place - 1;
    }

    private ReadOnlySpan<byte> GetFolded(int at) => _folded.AsSpan()[_starts[at]..((at + 1 < _starts.Length ? _starts[at + 1] : _folded.Length) - 1)];

    private int GetMain(int at) => _details[at] == Alias ? at - 1 : at;

    private FoundName Get(int at, MatchRank rank) => Get(at) with { Rank = rank };

    internal FoundName Get(int at) => new(
        GetWritten(at), at < _ids.Length ? _ids[at] : 0, _details[at], at + 1 < _details.Length && _details[at + 1] == Alias ? GetWritten(at + 1) : null);

    private string GetWritten(int at)
    {
        if (Array.BinarySearch(_writtenPlaces, at) is >= 0 and var place)
        {
            return Encoding.UTF8.GetString(_written[place]);
        }

        return string.Create(GetFolded(at).Length, (Index: this, At: at), static (letters, state) =>
        {
            var start = state.Index._starts[state.At];
            for (var i = start; i < start + letters.Length; i++)
            {
                letters[i - start] = (char)(state.Index._folded[i] + ((state.Index._lowerCase[i >> 6] >> (i & 63) & 1) == 0 ? 0 : LowerCase));
            }
        });
    }
}

/// <summary>A name that a search found.</summary>
/// <param name="Name">The name or title.</param>
/// <param name="Id">The ID of a movie; 0 for other names.</param>
/// <param name="Detail">The year of a movie, 0 if unknown; the number of movies of other names.</param>
/// <param name="OtherName">The original title of a movie; null if it is the same, and for other names.</param>
public sealed record FoundName(string Name, long Id, int Detail, string? OtherName = null)
{
    /// <summary>How well it matches.</summary>
    public MatchRank Rank { get; init; }
}
