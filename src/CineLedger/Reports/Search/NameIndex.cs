using System.Text;
using CineLedger.Model;

namespace CineLedger.Reports.Search;

/// <summary>
/// The names of one kind in memory, for searching while a person types. All names are one text in the folded form that <see cref="SearchText"/> compares, which is searched as a
/// whole: looking at each name would take a hundred times as long. See docs/decisions/0106-explanations-and-search.md.
/// </summary>
public sealed class NameIndex
{
    private const char Separator = '\n';

    private readonly string _folded;
    private readonly int[] _starts;
    private readonly byte[] _names;
    private readonly int[] _nameStarts;
    private readonly int[] _details;
    private readonly long[] _ids;

    private NameIndex(string folded, int[] starts, byte[] names, int[] nameStarts, int[] details, long[] ids) =>
        (_folded, _starts, _names, _nameStarts, _details, _ids) = (folded, starts, names, nameStarts, details, ids);

    public int Count => _starts.Length;

    /// <summary>The size in memory, in bytes.</summary>
    public long Size => (2L * _folded.Length) + _names.Length + (8L * _ids.Length) + (4L * (_starts.Length + _nameStarts.Length + _details.Length));

    /// <param name="names">The names, the most important first.</param>
    public static NameIndex Create(IEnumerable<FoundName> names)
    {
        var (folded, texts) = (new StringBuilder().Append(Separator), new MemoryStream());
        var (starts, nameStarts, details, ids) = (new List<int>(), new List<int>(), new List<int>(), new List<long>());
        foreach (var name in names)
        {
            starts.Add(folded.Length);
            nameStarts.Add((int)texts.Length);
            details.Add(name.Detail);
            ids.Add(name.Id);
            folded.Append(NameFolding.RemoveAccents(name.Name).Replace(Separator, ' ')).Append(Separator);
            texts.Write(Encoding.UTF8.GetBytes(name.Name));
        }

        nameStarts.Add((int)texts.Length);
        return new(folded.ToString(), [.. starts], texts.ToArray(), [.. nameStarts], [.. details], ids.TrueForAll(id => id == 0) ? [] : [.. ids]);
    }

    /// <summary>Returns the names that match, the best and most important first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The maximum number of names.</param>
    public IReadOnlyList<FoundName> Find(SearchText text, int limit)
    {
        // Names are in the order of their importance, so the first ones of a rank are the best of it. A short text occurs in most names, so the search stops when enough names
        // begin with it.
        var (begins, contains) = (new List<int>(), new List<int>());
        foreach (var at in FindPlaces([text.MainWord]))
        {
            var rank = text.MatchFolded(GetFolded(at));
            if (rank < 2)
            {
                begins.Add(at);
            }
            else if (rank == 2 && contains.Count < limit)
            {
                contains.Add(at);
            }

            if (begins.Count >= limit)
            {
                break;
            }
        }

        var whole = FindPlaces([$"{Separator}{text.Folded}{Separator}"]).Take(limit).Select(at => at + 1);
        return [.. whole.Concat(begins).Concat(contains).Distinct().Take(limit).Select(Get)];
    }

    /// <summary>Returns names that match if one letter of a word is wrong, missing or added, or two neighboring letters are swapped.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<FoundName> FindSimilar(SearchText text, int limit)
    {
        var found = new List<FoundName>();
        foreach (var at in FindPlaces(text.GetParts()))
        {
            if (text.IsNearFolded(GetFolded(at)))
            {
                found.Add(Get(at));
                if (found.Count == limit)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Returns the positions of the names that contain one of some texts, in order.</summary>
    private IEnumerable<int> FindPlaces(IReadOnlyList<string> parts)
    {
        // The next place at which each part occurs.
        var next = parts.Select(part => _folded.IndexOf(part, StringComparison.Ordinal)).ToArray();
        while (next.Where(place => place >= 0).DefaultIfEmpty(-1).Min() is >= 0 and var place)
        {
            var at = Array.BinarySearch(_starts, place) is >= 0 and var exact ? exact : ~Array.BinarySearch(_starts, place) - 1;
            yield return at;
            var end = at + 1 < _starts.Length ? _starts[at + 1] : _folded.Length;
            for (var i = 0; i < next.Length; i++)
            {
                if (next[i] >= 0 && next[i] < end)
                {
                    next[i] = _folded.IndexOf(parts[i], end, StringComparison.Ordinal);
                }
            }
        }
    }

    private ReadOnlySpan<char> GetFolded(int at) => _folded.AsSpan()[_starts[at]..((at + 1 < _starts.Length ? _starts[at + 1] : _folded.Length) - 1)];

    internal FoundName Get(int at) => new(Encoding.UTF8.GetString(_names, _nameStarts[at], _nameStarts[at + 1] - _nameStarts[at]), _ids.Length == 0 ? 0 : _ids[at], _details[at]);
}

/// <summary>A name that a search found.</summary>
/// <param name="Name">The name or title.</param>
/// <param name="Id">The ID of a movie; 0 for other names.</param>
/// <param name="Detail">The year of a movie, 0 if unknown; the number of movies of other names.</param>
public sealed record FoundName(string Name, long Id, int Detail);
